"""Tables as teachers have them: whatever is written, the same points; else a sentence says why."""

import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import sklearn
from sklearn.datasets import load_iris

from datasets.idx import DataError
from datasets.own_points import MOST
from datasets.points_chosen import LABEL, NUMBER, Chosen, chosen, points_of, readings
from datasets.points_table import LARGEST, read_table
from datasets.written_numbers import as_read

ROWS = [(1.5, 20.25, "Äpfel"), (-2.0, 0.5, "Birne"), (3.25, -7.0, "Äpfel"), (0.0, 4.0, "Birne")]


def table_as(separator=",", comma=False, head="Länge,Breite,Sorte", quote="", end="\n"):
    lines = [head.replace(",", separator)] if head else []
    for x1, x2, label in ROWS:
        cells = [f"{x1}", f"{x2}"]
        cells = [cell.replace(".", ",") for cell in cells] if comma else cells
        lines.append(separator.join(f"{quote}{cell}{quote}" for cell in [*cells, label]))
    return end.join(lines) + end


def read(content, name="points.csv"):
    table = read_table(name, content)
    return points_of(table, chosen(table))


def own_values(found):
    """The reader's numbers again, from where the points lie: the scale undone."""
    low, high = (np.array([getattr(axis, end) for axis in found.axes]) for end in ("low", "high"))
    return low + (found.x + 5) / 10 * (high - low)


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize(
    "written",
    [
        *[{"separator": separator} for separator in ",;\t "],
        *[{"separator": separator, "comma": True} for separator in ";\t "],
        {"comma": True, "quote": '"'},
        {"quote": '"', "end": "\r\n"},
        {"head": ""},
        {"end": "\r"},
    ],
    ids=str,
)
def test_every_way_of_writing_a_table_makes_the_same_points(coding, written):
    found, counts, left_out = read(table_as(**written).encode(coding))
    assert found.classes == ("Birne", "Äpfel")
    assert (counts, left_out) == ((2, 2), [])
    np.testing.assert_allclose(own_values(found), [row[:2] for row in ROWS], atol=1e-5)
    assert [found.classes[k] for k in found.label] == [row[2] for row in ROWS]
    names = ["Länge", "Breite"] if written.get("head", "x") else ["column 1", "column 2"]
    assert [axis.name for axis in found.axes] == names


def test_pandas_reads_the_same_numbers_from_ten_thousand_rows():
    rng = np.random.default_rng(3)
    frame = pd.DataFrame(rng.normal(size=(MOST, 2)), columns=["a", "b"])
    frame["label"] = rng.choice(["no", "yes"], MOST)
    found = read(frame.to_csv(index=False).encode()).points
    assert len(found.x) == MOST
    np.testing.assert_allclose(own_values(found), frame[["a", "b"]], atol=1e-5)
    expected = pd.read_csv(io.StringIO(frame.to_csv(index=False)))["label"].map({"no": 0, "yes": 1})
    np.testing.assert_array_equal(found.label, expected)


def test_of_too_many_rows_some_of_all_are_drawn():
    rows = "".join(f"{k},{k % 7},{'ab'[k > 30_000]}\n" for k in range(40_000))
    table = read_table("many", "x,y,label\n" + rows)
    assert (len(table.rows), table.of) == (MOST, 40_000)
    counts = points_of(table, chosen(table)).counts
    assert abs(counts[1] - MOST / 4) < 5 * (MOST * 3 / 16) ** 0.5
    assert sorted(table.rows) == table.rows


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("abc;2;a", "it has “abc” in column “x”, expected a number"),
        ("1;NaN;a", "it has “NaN” in column “y”, expected a number"),
        ("1e400;2;a", "it has “1e400” in column “x”, expected a number of at most ±10³⁰⁰"),
        ("1;-inf;a", "it has “-inf” in column “y”, expected a number of at most ±10³⁰⁰"),
        ("1_000;2;a", "it has “1_000” in column “x”, expected a number"),
        (";2;a", "it has nothing in column “x”, expected a number"),
        ("1;2;", "it has no label in column “label”, expected a word or a number"),
        ("1", "it has nothing in column “y”, expected a number"),
        ("1;2;a;b", "it has 4 cells, expected 3"),
        ('1;2;"a"b', "a quote is closed within a cell, expected it at the cell's end"),
    ],
)
def test_each_bad_row_is_named_by_its_line_and_left_out(line, why):
    found = read(f"x;y;label\n1;2;a\n\n{line}\n3;4;b\n")
    assert found.left_out == [f"Line 4: {why}."]
    assert found.counts == (1, 1)


def test_a_quote_that_is_never_closed_is_said_by_the_line_where_it_was_opened():
    found = read('x;y;label\n1;2;a\n3;4;b\n5;6;"a\n7;8;b\n')
    (why,) = found.left_out
    assert why.startswith("Line 4: a quote is opened and never closed")
    assert found.counts == (1, 1)


NOT_TABLES = [
    (b"", "is empty"),
    (b"  \r\n ", "is empty"),
    (b"1,2,a\n" * (LARGEST // 6 + 1), "is larger than 10 MB"),
    (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "is no text"),
    (bytes(range(1, 256)), "is no text"),
    (b"PK\x03\x04 xlsx", "is a spreadsheet, or another .zip"),
    (b"\xff\xfe\x00", "is no text"),
    (b"<!DOCTYPE html><html><body>404</body></html>", "is a web page and not the file"),
    (b"just some words", "has"),
    (b"1,2\n3,4\n", "has 2 columns"),
    (b"1,2,a\n3,4,a\n", "There is one label only, “a”"),
    (b"1,2,a\n", "There is one label only, “a”"),
    (b"".join(b"%d,2,c%d\n" % (k, k) for k in range(11)), "There are 11 different labels"),
    (b"x,y,label\n", "There is one label only, “label”|has names of columns|None of 1 rows"),
    (b"x,y,label\nfoo,bar,a\n", "None of"),
    (b"," * 4000, "has"),
    (b"1," * 4000 + b"a", "has 4,001 columns"),
    (b'"' * 999, "has no row|has 1 column"),
]


@pytest.mark.parametrize(("content", "why"), NOT_TABLES, ids=[why for _, why in NOT_TABLES])
def test_what_is_no_table_of_points_is_said_in_a_sentence(content, why):
    with pytest.raises(DataError, match=why) as error:
        read(content)
    assert str(error.value).endswith(".")


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("id,width,height,species\n1,5,6,a\n2,7,8,b\n3,5,5,a\n", (1, 2, 3)),
        ("species,width,height\na,5,6\nb,7,8\n", (1, 2, 0)),
        ("class,x,y\n0,5,6\n1,7,8\n0,7,9\n", (1, 2, 0)),
        ("x,y,fruit\n5,6,apple\n7,8,pear\n", (0, 1, 2)),
        ("a,b,c\n1,5.5,6.5\n0,7.5,8.5\n1,7.5,8\n", (1, 2, 0)),
        ("a,b,y\n5.5,6,0\n7.5,8,1\n7,8.5,1\n", (0, 1, 2)),
        ("name,a,b,kind\nann,5,6,x\nbob,7,8,y\ncid,7,7,y\n", (1, 2, 3)),
    ],
)
def test_the_columns_that_are_likely_meant_are_chosen(text, columns):
    assert chosen(read_table("t", text)) == Chosen(*columns)


# A third column that is a number

PRICES = "size,age,price\n" + "".join(f"{k},{k * k % 7},{1.5 * k - 4}\n" for k in range(30))


def test_a_third_column_of_many_numbers_is_learned_as_a_number():
    found, counts, left_out = read(PRICES)
    assert (counts, left_out, found.classes) == ((), [], ())
    assert found.number == ("price", -4, 39.5)
    assert [axis.name for axis in found.axes] == ["size", "age"]
    np.testing.assert_allclose(found.label, np.linspace(-1, 1, 30), atol=1e-6)
    np.testing.assert_allclose(own_values(found)[:, 0], range(30), atol=1e-5)


@pytest.mark.parametrize("price", ["$ 1,{}.50", "${},376.50", "1,{},000.5 €", "£{}"])
def test_a_price_is_a_number_with_its_currency_and_its_thousands(price):
    rows = "".join(f"{k}\t{k * k % 7}\t{price.format(400 + k)}\n" for k in range(20))
    found = read(f"size\tage\tprice\n{rows}")
    plain = [float(price.format(k).strip("$€£ ").replace(",", "")) for k in (400, 419)]
    assert found.left_out == []
    assert found.points.number == ("price", *plain)


@pytest.mark.parametrize(
    ("share", "heat", "units"),
    [
        ("1,5 %", "-4 °C", ("%", "°C")),
        ("{},5%", "−{} °C", ("%", "°C")),
        ("{} cm", "1.{},5 km/h", ("cm", "km/h")),
        ("{}kg", "{} m", ("kg", "m")),
    ],
)
def test_a_unit_behind_every_number_is_no_part_of_it(share, heat, units):
    rows = [f"{share};{heat};{'ja' if k % 2 else 'nein'}".format(k, k) for k in range(100, 140)]
    table = read_table("t", "\n".join(["Anteil;Temperatur;Regen", *rows]))
    assert table.names == [f"Anteil ({units[0]})", f"Temperatur ({units[1]})", "Regen"]
    read = points_of(table, chosen(table))
    assert (read.left_out, read.points.classes) == ([], ("ja", "nein"))
    assert [axis.name for axis in read.points.axes] == table.names[:2]
    plain = heat.format(*[139] * 2).split(units[1])[0].strip().replace(".", "").replace(",", ".")
    ends = own_values(read.points)[:, 1]
    assert float(plain.replace("−", "-")) in (pytest.approx(ends.min()), pytest.approx(ends.max()))


def test_a_unit_that_is_in_the_columns_name_is_not_said_twice():
    table = read_table("t", "Höhe in cm;t (°C);x\n1 cm;2 °C;a\n3 cm;4 °C;b\n")
    assert table.names == ["Höhe in cm", "t (°C)", "x"]


def test_units_that_differ_are_named_as_the_reason():
    rows = [f"{k} %;{k} {'cm' if k % 2 else 'kg'};{'ab'[k % 2]}" for k in range(40)]
    with pytest.raises(DataError, match=r"“0 kg” in column “.*”, expected a number alone, or the"):
        read("\n".join(["Anteil;Menge;Art", *rows]))


def test_labels_that_end_in_the_same_letter_stay_labels():
    found, counts, _ = read("x;y;Klasse\n1;2;7b\n3;4;8b\n5;6;7b\n")
    assert (found.classes, counts) == (("7b", "8b"), (2, 1))


def prices(*cells, separator="\t", other="{}"):
    """The numbers that are read from a column of these cells, beside one that tells nothing."""
    rows = [f"{other.format(k)}{separator}{k % 3}{separator}{cell}" for k, cell in enumerate(cells)]
    table = read_table("t", "\n".join([separator.join(["size", "age", "price"]), *rows]))
    read = points_of(table, Chosen(0, 1, 2), NUMBER)
    low, high = read.points.number[1:]
    return table, ((read.points.label + 1) / 2 * (high - low) + low).tolist(), read.left_out


@pytest.mark.parametrize(
    ("cells", "numbers", "example"),
    [
        # a comma between thousands: other cells of the column have two of them, or a point as well
        (["1,500", "1,000,000", "12,345"], [1500, 1_000_000, 12_345], ("1,500", 1500, None)),
        (["12,345", "1,500.5"], [12_345, 1500.5], ("12,345", 12_345, None)),
        (["1,500", "0.5", "2,250"], [1500, 0.5, 2250], ("1,500", 1500, None)),
        # a decimal comma: other cells have other than three digits after it
        (["1,500", "2,25", "3,0"], [1.5, 2.25, 3], ("1,500", 1.5, None)),
        (["1,500", "0,250"], [1.5, 0.25], ("1,500", 1.5, None)),
        (["1.376,50 €", "980,00 €"], [1376.5, 980], ("1.376,50 €", 1376.5, None)),
        (["1.500", "1.376,50"], [1500, 1376.5], ("1.500", 1500, None)),
        (["1.234.567", "2.500"], [1_234_567, 2500], ("1.234.567", 1_234_567, None)),
        # both ways: said
        (["1,500", "12,345"], [1500, 12_345], ("1,500", 1500, 1.5)),
        (["1.500", "12.345"], [1.5, 12.345], ("1.500", 1.5, 1500)),
        # other marks between thousands
        (["1 376,50 €", "2\u202f000,00 €"], [1376.5, 2000], ("1 376,50 €", 1376.5, None)),
        (["1'376.50", "12’000"], [1376.5, 12_000], ("1'376.50", 1376.5, None)),
        # nothing to say
        (["1.5", "1500", "-2e3", "−7"], [1.5, 1500, -2000, -7], None),
    ],
)
def test_a_column_decides_what_its_commas_and_points_are(cells, numbers, example):
    table, read, left_out = prices(*cells)
    np.testing.assert_allclose(read, numbers, rtol=1e-5)
    assert left_out == []
    assert as_read([row.cells[2] for row in table.rows], table.commas[2]) == example


def test_a_column_that_can_be_read_both_ways_is_read_as_the_others():
    assert prices("1,500", "12,345", other="{},5")[1] == pytest.approx([1.5, 12.345])
    assert prices("1.500", "12.345", other="{},5")[1] == pytest.approx([1500, 12_345])
    assert prices("1,500", "12,345", other="{}.5")[1] == pytest.approx([1500, 12_345])
    assert prices("1,500", "12,345", separator=";")[1] == pytest.approx([1.5, 12.345])


def test_a_late_cell_decides_for_all_before_it():
    cells = [*(f"{k % 900 + 1},500" for k in range(1000)), "1,000,000"]
    assert prices(*cells)[1][0] == 1500


def test_columns_are_read_each_by_itself():
    table = read_table("t", "a;b;kind\n1,5;2.5;x\n2,25;3.75;y\n")
    assert table.commas[:2] == [True, False]
    found = points_of(table, Chosen(0, 1, 2)).points
    np.testing.assert_allclose(own_values(found), [[1.5, 2.5], [2.25, 3.75]], atol=1e-6)


@pytest.mark.parametrize(
    ("column", "can_be"),
    [
        ("0 1 2 3 1 0", (LABEL, NUMBER)),
        ("1.0 2.0 1 2.00", (LABEL, NUMBER)),
        ("0.5 1 0.5 2", (NUMBER, LABEL)),
        ("1 2 NaN 1e400", (LABEL, NUMBER)),
        ("cat dog cat", (LABEL,)),
        (" ".join(map(str, range(11))), (NUMBER,)),
        ("a b c 1 2", (LABEL,)),
    ],
)
def test_what_the_third_column_can_be(column, can_be):
    rows = "".join(f"{k},{2 * k},{cell}\n" for k, cell in enumerate(column.split()))
    assert readings(read_table("t", f"x,y,t\n{rows}"), 2) == can_be


def test_few_whole_numbers_are_labels_or_numbers_as_the_reader_says():
    table = read_table("t", "x,y,t\n1,2,0\n2,5,3\n4,4,1\n")
    assert points_of(table, Chosen(0, 1, 2)).points.classes == ("0", "1", "3")
    assert points_of(table, Chosen(0, 1, 2), LABEL).counts == (1, 1, 1)
    found = points_of(table, Chosen(0, 1, 2), NUMBER).points
    np.testing.assert_allclose(found.label, [-1, 1, -1 / 3], atol=1e-7)
    assert found.number == ("t", 0, 3)


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("NaN", "it has “NaN” in column “price”, expected a number"),
        ("n/a", "it has “n/a” in column “price”, expected a number"),
        ("1e400", "it has “1e400” in column “price”, expected a number of at most ±10³⁰⁰"),
        ("", "it has nothing in column “price”, expected a number"),
    ],
)
def test_a_row_whose_number_is_none_is_named_and_left_out(cell, why):
    found = read(f"{PRICES}5,6,{cell}\n")
    assert found.left_out == [f"Line 32: {why}."]
    assert found.points.number.high == 39.5


@pytest.mark.parametrize("cells", ["2.5 2.5 2.5", "2.5 NaN 2.5", "2.5"])
def test_a_constant_number_is_a_sentence(cells):
    rows = "".join(f"{k},{2 * k},{cell}\n" for k, cell in enumerate(cells.split()))
    with pytest.raises(DataError, match=r"There is one number only, “2\.5”, in column “price”"):
        read(f"x,y,price\n{rows}")


def test_a_column_of_numbers_is_asked_for_rather_than_one_of_too_many_words():
    rows = "".join(f"town {k},{k},{k % 5},{1.5 * k}\n" for k in range(30))
    assert chosen(read_table("t", f"name,x,y,rent\n{rows}")) == Chosen(1, 2, 3)
    assert chosen(read_table("t", f"name,x,y,species\n{rows}")) == Chosen(1, 2, 3)
    grid = "".join(f"{k % 4 / 4},{k // 4 / 4},{k * k / 7}\n" for k in range(16))
    assert chosen(read_table("t", f"x,y,height\n{grid}")) == Chosen(0, 1, 2)


def test_whether_the_first_line_has_names_can_be_said():
    text = "1,2,a\n3,4,b\n"
    assert len(read_table("t", text).rows) == 2
    told = read_table("t", text, headed=True)
    assert (told.names, len(told.rows)) == (["1", "2", "a"], 1)


def test_classes_that_are_numbers_stand_in_their_order():
    assert read("1,2,10\n2,3,9\n4,5,10\n").points.classes == ("9", "10")


def iris(form):
    """Iris, as it lies about on the web and on teachers' disks."""
    if form == "scikit-learn":
        return (Path(sklearn.__file__).parent / "datasets" / "data" / "iris.csv").read_bytes()
    found = load_iris()
    table = pd.DataFrame(found.data, columns=["SepalLength", "SepalWidth", "PetalLength", "PetalW"])
    table["Species"] = [f"Iris-{found.target_names[k]}" for k in found.target]
    if form == "Kaggle":
        table.index = pd.RangeIndex(1, 151, name="Id")
        return table.to_csv()
    if form == "R":
        return table.set_index(pd.Index(map(str, range(1, 151)))).to_csv(quoting=1)
    if form == "UCI":
        return table.to_csv(index=False, header=False) + "\n"
    if form == "German":
        return table.to_csv(index=False, sep=";", decimal=",").encode("cp1252")
    table["Species"] = found.target
    return table.to_csv(index=False, sep="\t")


@pytest.mark.parametrize("form", ["scikit-learn", "Kaggle", "R", "UCI", "German", "numbers"])
def test_iris_opens_at_the_first_try(form):
    found = read(iris(form))
    assert found.left_out == []
    assert found.counts == (50, 50, 50)
    names = ["0", "1", "2"] if form == "numbers" else load_iris().target_names.tolist()
    assert [name.removeprefix("Iris-") for name in found.points.classes] == names
    np.testing.assert_array_equal(found.points.label, load_iris().target)
    np.testing.assert_allclose(own_values(found.points), load_iris().data[:, :2], atol=1e-5)


def test_up_to_ten_labels_are_classes():
    rows = "".join(f"{k},{k % 3},c{k % 10}\n" for k in range(30))
    assert read(rows).points.classes == tuple(f"c{k}" for k in range(10))


def test_one_column_cannot_be_two_things():
    table = read_table("t", "1,2,a\n3,4,b\n")
    with pytest.raises(DataError, match="three different ones"):
        points_of(table, Chosen(0, 0, 2))


def test_a_column_with_one_number_lies_at_0_and_huge_numbers_stay_finite():
    found = read("1e300,7,a\n-1e300,7,b\n0,7,b\n").points
    np.testing.assert_array_equal(found.x, [[5, 0], [-5, 0], [0, 0]])
