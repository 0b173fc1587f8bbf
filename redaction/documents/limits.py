"""How much a document may hold; beyond these it is refused before memory fills."""

from __future__ import annotations

MAX_FILE = 100_000_000
"""bytes of the file itself"""
MAX_MEMBERS = 4_000
"""files inside a .docx"""
MAX_UNPACKED = 300_000_000
"""bytes of all files inside a .docx together"""
MAX_XML = 40_000_000
"""bytes of one XML file inside a .docx (its tree takes about ten times that)"""
MAX_RATIO = 250
"""unpacked size ÷ packed size of a file inside a .docx above ``RATIO_FROM``; text packs 10 to 60 times"""
RATIO_FROM = 1_000_000
MAX_PAGES = 2_000
"""pages of a .pdf"""
MAX_STREAM = 64_000_000
"""bytes of one unpacked stream of a .pdf"""
MAX_OPERATIONS = 3_000_000
"""drawing operations of one page, forms included as often as they are drawn"""
MAX_DEPTH = 12
"""forms within forms"""
MAX_PIXELS = 16_000_000
"""pixels of a page that becomes a picture"""
MAX_IMAGE_PIXELS = 200_000_000
"""pixels of an image inside a page that becomes a picture"""
