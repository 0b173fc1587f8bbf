"""Council profiles that come with RAPT (data only); both councils are fictional."""
