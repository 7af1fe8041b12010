"""Reads a workbook with nothing but zip and XML: rows of texts, numbers and dates.

As a program: tests/integration/workbook.py FILE prints a row a line, cells with their types.
"""

import datetime
import re
import sys
import zipfile
from xml.etree import ElementTree

NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
FIRST_DAY = datetime.datetime(1899, 12, 30)


def column(reference):
    number = 0
    for letter in re.match("[A-Z]+", reference)[0]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def date_styles(book):
    """Which cell styles show a date."""
    styles = ElementTree.fromstring(book.read("xl/styles.xml"))
    formats = {f.get("numFmtId"): f.get("formatCode") for f in styles.iterfind(".//m:numFmt", NS)}
    cells = styles.iterfind("m:cellXfs/m:xf", NS)
    return [re.search("[dy]", formats.get(xf.get("numFmtId"), "")) is not None for xf in cells]


def read_sheet(file):
    """The rows of the first sheet; an empty cell is None."""
    with zipfile.ZipFile(file) as book:
        assert book.testzip() is None
        dates = date_styles(book)
        shared = []
        if "xl/sharedStrings.xml" in book.namelist():
            strings = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
            shared = ["".join(si.itertext()) for si in strings.iterfind("m:si", NS)]
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    return [read_row(row, dates, shared) for row in sheet.iterfind(".//m:row", NS)]


def read_row(row, dates, shared):
    cells = {}
    for cell in row.iterfind("m:c", NS):
        assert cell.find("m:f", NS) is None, "no cell is a formula"
        kind, value = cell.get("t", "n"), cell.findtext("m:v", None, NS)
        if kind == "inlineStr":
            read = "".join(cell.find("m:is", NS).itertext())
        elif kind == "s":
            read = shared[int(value)]
        elif value is None:
            read = None
        elif dates[int(cell.get("s", "0"))]:
            seconds = round(float(value) * 86400)
            read = FIRST_DAY + datetime.timedelta(seconds=seconds)
        else:
            read = float(value)
        cells[column(cell.get("r"))] = read
    return [cells.get(at) for at in range(max(cells, default=-1) + 1)]


if __name__ == "__main__":
    for line in read_sheet(sys.argv[1]):
        print("|".join(f"{type(cell).__name__} {cell}" for cell in line))
