#!/usr/bin/python3
# The real pandas, PyTables and h5py read what we write, and we read what they write: every
# value and every timestamp, exactly. Prints TAP; skips everything where they are missing.

import itertools
import json
import os
import random
import subprocess
import tempfile
import warnings

try:
    warnings.filterwarnings("ignore")
    import h5py
    import numpy
    import pandas
    import tables
    MISSING = None
except ImportError as failure:
    MISSING = str(failure)

BUILD = os.environ.get("BUILD", "build/plain")
TOOL = BUILD + "/tests/unit/programs/stock_tool"
GENERATOR = BUILD + "/data/generator"
COLUMNS = ["close", "high", "low", "open", "volume"]
tests = []


def test(function):
    tests.append(function)
    return function


def tool(*arguments):
    return subprocess.run([TOOL, *arguments], capture_output=True, timeout=120)


def read_column(path, column):
    done = tool("column", path, column)
    assert done.returncode == 0, done.stderr.decode()
    length = int(numpy.frombuffer(done.stdout[:8], "i8")[0])
    numbers = done.stdout[8:]
    assert len(numbers) == 16 * length
    return numpy.frombuffer(numbers[:8 * length], "i8"), numpy.frombuffer(numbers[8 * length:], "f8")


def refusal(path, column):
    done = tool("column", path, column)
    assert done.returncode != 0, "it was read"
    return done.stderr.decode().removeprefix(path + ": ")


def convert(json_path, level=0):
    path = json_path.replace(".json", ".h5")
    done = tool("convert", json_path, path, str(level))
    assert done.returncode == 0, done.stderr.decode()
    return path


def same(ours, theirs):
    """Every bit, but for which NaN it is."""
    theirs = numpy.asarray(theirs, "f8")
    assert len(ours) == len(theirs), (len(ours), len(theirs))
    assert numpy.array_equal(ours, theirs, equal_nan=True), "values differ"


def awkward_frame(rows=2500):
    numbers = random.Random(4)
    index = pandas.DatetimeIndex([pandas.Timestamp("1985-03-01") + pandas.Timedelta(
        days=i, nanoseconds=numbers.randrange(10 ** 9)) for i in range(rows)], name="timestamp")
    frame = pandas.DataFrame({
        "close": [numbers.gauss(0, 1) * 10 ** numbers.randrange(-300, 300) for _ in range(rows)],
        "high": [numbers.choice([float("nan"), 0.1, -0.0, 5e-324, 1.7976931348623157e308])
                 for _ in range(rows)],
        "low": [numbers.random() for _ in range(rows)],
        "open": [float(numbers.randrange(10 ** 6)) for _ in range(rows)],
        "volume": [numbers.randrange(10 ** 12) / 1000 for _ in range(rows)]}, index=index)
    return frame


def write_json(frame, path):
    with open(path, "w") as file:
        for moment, row in frame.iterrows():
            line = {"timestamp": moment.isoformat(" ")}
            line.update({k: None if v != v else v for k, v in row.items()})
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    return path


# ---- they read ours

def check_pandas_reads(folder, level):
    frame = awkward_frame()
    path = convert(write_json(frame, folder + "/AWK.json"), level)
    for read in (pandas.read_hdf(path), pandas.read_hdf(path, "/data")):
        assert isinstance(read.index, pandas.DatetimeIndex)
        pandas.testing.assert_frame_equal(read, frame, check_exact=True, check_freq=False)


@test
def test_stock_pandas_reads_our_file(folder):
    check_pandas_reads(folder, 0)


@test
def test_stock_pandas_reads_our_compressed_file(folder):
    check_pandas_reads(folder, 6)


@test
def test_stock_pandas_selects_rows_and_columns_of_our_file(folder):
    frame = awkward_frame(100)
    path = convert(write_json(frame, folder + "/SEL.json"))
    half = pandas.read_hdf(path, "/data", where="timestamp >= '1985-04-01' & low < 0.5", columns=["open"])
    assert half.equals(frame[(frame.index >= "1985-04-01") & (frame.low < 0.5)][["open"]])


@test
def test_stock_pandas_reads_an_empty_file(folder):
    open(folder + "/EMPTY.json", "w").close()
    read = pandas.read_hdf(convert(folder + "/EMPTY.json"))
    assert read.shape == (0, 0) and isinstance(read.index, pandas.DatetimeIndex)


@test
def test_stock_pandas_reads_a_file_without_columns(folder):
    with open(folder + "/BARE.json", "w") as file:
        file.write('{"timestamp": "2013-07-01"}\n{"timestamp": "2013-07-02"}\n')
    read = pandas.read_hdf(convert(folder + "/BARE.json"), "/data")
    assert read.shape == (2, 0) and list(read.index) == [pandas.Timestamp("2013-07-01"),
                                                         pandas.Timestamp("2013-07-02")]


@test
def test_stock_pandas_reads_columns_of_any_name(folder):
    names = ["adj close", "Schluß", "円", "a'b", "back\\slash", "index", "table", "1", "x.y",
             "new\nline", "tab\t", "a" * 200, "\U0001f4c8"]
    frame = pandas.DataFrame({n: [1.0 + i, 2.0] for i, n in enumerate(names)},
                             index=pandas.DatetimeIndex(["2013-07-01", "2013-07-02"], name="timestamp"))
    path = convert(write_json(frame, folder + "/NAMES.json"))
    read = pandas.read_hdf(path)
    assert list(read.columns) == names, list(read.columns)
    assert read.equals(frame)
    for name in names:
        same(read_column(path, name)[1], frame[name])


@test
def test_stock_pandas_reads_columns_of_names_that_pytables_reserves(folder):
    names = ["P/E", "close", "_v_x", "_f_y", "__z__", "_c_c", "_g_g", "_i_i", "_o_o", "."]
    for chosen in [names] + [["close", n] for n in names if n != "close"]:
        frame = pandas.DataFrame({n: [i + 0.5, 2.0] for i, n in enumerate(chosen)},
                                 index=pandas.DatetimeIndex(["2013-07-01", "2013-07-02"],
                                                            name="timestamp"))
        path = convert(write_json(frame, folder + "/RESERVED.json"))
        pandas.testing.assert_frame_equal(pandas.read_hdf(path), frame)
        for name in chosen:
            same(read_column(path, name)[1], frame[name])


@test
def test_stock_h5py_and_pytables_read_our_file(folder):
    frame = awkward_frame(50)
    path = convert(write_json(frame, folder + "/H5.json"))
    with h5py.File(path) as file:
        rows = file["data/table"][:]
    with tables.open_file(path) as file:
        same_rows = file.root.data.table[:]
        assert file.root.data.table.cols.close[:].tolist() == rows["close"].tolist()
    for table in (rows, same_rows):
        assert table.dtype.names == ("timestamp", *COLUMNS)
        assert (table["timestamp"] == frame.index.asi8).all()
        same(table["high"], frame["high"])


# ---- we read theirs

KINDS = {
    "fixed": {"format": "fixed"},
    "table": {"format": "table"},
    "data_columns": {"format": "table", "data_columns": True},
    "some_data_columns": {"format": "table", "data_columns": ["high", "volume"]},
}


def check_reads(frame, folder, moments=None):
    compressions = [{}, {"complevel": 9, "complib": "zlib"}]
    for (kind, options), packed in itertools.product(KINDS.items(), compressions):
        path = f"{folder}/{kind}{len(packed)}.h5"
        frame.to_hdf(path, "data", **options, **packed)
        for column in [c for c in frame.columns if c not in ("timestamp", "name")]:
            timestamps, values = read_column(path, column)
            assert (timestamps == (frame.index.asi8 if moments is None else moments)).all(), kind
            same(values, frame[column])


@test
def test_stock_we_read_pandas_files_of_every_kind(folder):
    check_reads(awkward_frame(), folder)


@test
def test_stock_we_read_numbers_of_every_type(folder):
    frame = awkward_frame(100)
    for kind in ("i1", "u1", "i2", "u2", "i4", "u4", "f4"):
        frame[kind] = numpy.arange(100).astype(kind)
    frame["i8"] = [2 ** 62 + i for i in range(100)]
    frame["volume"] = frame["volume"].astype("i8")
    check_reads(frame, folder)


@test
def test_stock_we_read_timestamps_out_of_a_column(folder):
    frame = awkward_frame(100)
    check_reads(frame.reset_index(), folder, frame.index.asi8)


@test
def test_stock_we_read_beside_a_column_of_text(folder):
    frame = awkward_frame(100)
    frame["name"] = "AAPL"
    check_reads(frame, folder)


@test
def test_stock_we_read_text_timestamps_of_a_table(folder):
    frame = awkward_frame(100)
    moments = frame.index.asi8
    frame = frame.reset_index()
    frame["timestamp"] = [str(t) for t in frame["timestamp"]]
    for kind in ("table", "data_columns"):
        path = f"{folder}/{kind}.h5"
        frame.to_hdf(path, "data", **KINDS[kind])
        timestamps, values = read_column(path, "close")
        assert (timestamps == moments).all()
        same(values, frame["close"])


@test
def test_stock_we_number_rows_whose_timestamps_only_python_reads(folder):
    frame = awkward_frame(100).reset_index()
    frame["timestamp"] = [str(t) for t in frame["timestamp"]]
    frame.to_hdf(folder + "/pickled.h5", "data")
    timestamps, values = read_column(folder + "/pickled.h5", "close")
    assert (timestamps == numpy.arange(100)).all()
    same(values, frame["close"])


@test
def test_stock_we_read_an_empty_frame(folder):
    frame = awkward_frame(10)[:0]
    for kind in ("fixed", "data_columns"):
        frame.to_hdf(f"{folder}/{kind}.h5", "data", **KINDS[kind])
    assert len(read_column(folder + "/fixed.h5", "close")[1]) == 0


@test
def test_stock_we_read_frames_in_a_time_zone(folder):
    frame = awkward_frame(10).tz_localize("UTC").tz_convert("America/New_York")
    check_reads(frame, folder)


@test
def test_stock_we_read_column_names_of_any_letters(folder):
    frame = awkward_frame(10).rename(columns={"low": "Schluß", "high": "円", "open": "back\\slash"})
    for kind in ("fixed", "table"):
        path = f"{folder}/{kind}.h5"
        frame.to_hdf(path, "data", **KINDS[kind])
        for column in frame.columns:
            same(read_column(path, column)[1], frame[column])


@test
def test_stock_we_read_what_h5py_writes(folder):
    frame = awkward_frame(30)
    rows = numpy.rec.fromarrays([frame["low"].astype("f4"), frame.index.asi8, frame["open"].astype(">i4")],
                                names="low,timestamp,open")
    with h5py.File(folder + "/rows.h5", "w") as file:
        file.create_dataset("AAPL/daily", data=rows, compression="gzip", shuffle=True)
    with h5py.File(folder + "/arrays.h5", "w") as file:
        file["timestamp"] = [str(t).encode() for t in frame.index]
        file["low"] = frame["low"].to_numpy("f4")
        file["open"] = frame["open"].to_numpy(">i4")
    for path in (folder + "/rows.h5", folder + "/arrays.h5"):
        for column in ("low", "open"):
            timestamps, values = read_column(path, column)
            assert (timestamps == frame.index.asi8).all()
            same(values, rows[column])


# ---- what we say of theirs that will not do

@test
def test_stock_we_list_the_columns_of_pandas_files(folder):
    frame = awkward_frame(10)
    for kind, options in KINDS.items():
        path = f"{folder}/{kind}.h5"
        frame.to_hdf(path, "data", **options)
        said = refusal(path, "clsoe")
        listed = said.removeprefix('no column "clsoe" in /data; it has ').split(", ")
        assert sorted(listed) == COLUMNS, said


@test
def test_stock_we_list_the_tables_of_a_file_that_has_several(folder):
    path = folder + "/several.h5"
    awkward_frame(10).to_hdf(path, "AAPL")
    awkward_frame(10).to_hdf(path, "tech/MSFT", format="table")
    assert refusal(path, "close") == "2 tables where one must be: /AAPL, /tech/MSFT"


@test
def test_stock_we_refuse_text_and_pickled_columns(folder):
    frame = awkward_frame(10)
    frame["name"] = "AAPL"
    for kind in ("fixed", "table"):
        frame.to_hdf(f"{folder}/{kind}.h5", "data", **KINDS[kind])
        assert refusal(f"{folder}/{kind}.h5", "name") == 'column "name" in /data is not numbers'


@test
def test_stock_we_refuse_rows_out_of_order(folder):
    awkward_frame(10)[::-1].to_hdf(folder + "/back.h5", "data")
    assert refusal(folder + "/back.h5", "close") == "/data, row 1: its timestamp is not after the one before"


@test
def test_stock_we_refuse_rows_without_a_time(folder):
    frame = awkward_frame(10)
    frame.index = [pandas.NaT, *frame.index[1:]]
    frame.to_hdf(folder + "/nat.h5", "data")
    assert refusal(folder + "/nat.h5", "close") == "/data, row 0: its timestamp is no date and time"
    frame.index = [0.5 + i for i in range(10)]
    frame.to_hdf(folder + "/half.h5", "data")
    assert refusal(folder + "/half.h5", "close") == "/data, row 0: its timestamp is no date and time"


@test
def test_stock_damaged_pandas_files_hardly_ever_crash_us(folder):
    numbers, crashes = random.Random(11), 0
    for kind in ("fixed", "table"):
        awkward_frame(10).to_hdf(f"{folder}/whole.h5", "data", mode="w", index=False, **KINDS[kind])
        whole = open(folder + "/whole.h5", "rb").read()
        for number in range(60):
            damaged = bytearray(whole)
            for _ in range(4):
                damaged[numbers.randrange(len(damaged))] ^= 1 << numbers.randrange(8)
            path = f"{folder}/damaged{kind}{number}.h5"
            with open(path, "wb") as file:
                file.write(damaged)
            crashes += tool("column", path, "close").returncode < 0
    assert crashes <= 6, crashes


# ---- both do the same with real calendars

@test
def test_stock_unequal_calendars_align_as_an_inner_join(folder):
    subprocess.run([GENERATOR, folder + "/market", "SIZE=unequal"], check=True, timeout=120)
    names = sorted(f[:-5] for f in os.listdir(folder + "/market"))
    assert len(names) == 29
    paths = [convert(f"{folder}/market/{n}.json") for n in names]
    frames = {n: pandas.read_hdf(p) for n, p in zip(names, paths)}
    lengths = [len(f) for f in frames.values()]
    assert min(lengths) == 1870 and max(lengths) == 3926, (min(lengths), max(lengths))
    for name, frame in list(frames.items())[:5]:
        lines = [json.loads(line) for line in open(f"{folder}/market/{name}.json")]
        assert list(frame.columns) == list(lines[0])[1:]
        assert [str(t) for t in frame.index] == [line["timestamp"] for line in lines]
        for column in frame.columns:
            same(frame[column], [line[column] for line in lines])
    for column in ("close", "volume"):
        joined = pandas.concat({n: f[column] for n, f in frames.items()}, axis=1, join="inner")
        done = tool("align", column, *paths)
        assert done.returncode == 0, done.stderr.decode()
        length = int(numpy.frombuffer(done.stdout[:8], "i8")[0])
        numbers = numpy.frombuffer(done.stdout[8 + 8 * length:], "f8").reshape(29, length)
        assert (numpy.frombuffer(done.stdout[8:8 + 8 * length], "i8") == joined.index.asi8).all()
        assert (numbers.T == joined.to_numpy()).all()


def main():
    for number, function in enumerate(tests, 1):
        name = function.__name__
        if MISSING:
            print(f"ok {number} - {name} # SKIP {MISSING}")
            continue
        with tempfile.TemporaryDirectory(prefix="test_stock_pandas_") as folder:
            try:
                function(folder)
                print(f"ok {number} - {name}", flush=True)
            except Exception as failure:  # whatever it is, the others are still run
                print(f"not ok {number} - {name}: {type(failure).__name__}: {failure}".replace("\n", " "))
    print(f"1..{len(tests)}")


main()
