# A made-up class for the tests of similar submissions: people who worked alone, each with a hand
# of their own, and copies disguised by new names, moved functions, other comments and layout.

import glob
import os
import random
import re

FILES = {"7.1": ("7.1-submit", "submit.c"), "7.2": ("7.2-conversion", "conversion.c"),
         "7.3": ("7.3-correlations", "correlations.c")}
STUBS = {exercise: open(f"tests/{folder}/baseline.c").read() for exercise, (folder, _) in FILES.items()}

# Files of tests/mutants/ that were written independently: of those that share their text, one.
ALONE = {"7.1": ["honest_fork_and_pipes", "honest_destroy_first", "honest_map"],
         "7.2": ["honest_own_pool"], "7.3": ["honest_fast", "honest_pthreads", "honest_unequal_blocks"]}

CREATE = [
    ("", "struct executor *POOL = executor_create(kind, &(struct pool_options){.workers = workers});\n"),
    ("", "struct pool_options options = {0};\noptions.workers = workers;\noptions.name = \"mine\";\n"
         "struct executor *POOL = executor_create(kind, &options);\n"),
    ("static struct executor *open_pool(enum executor_kind kind, int workers)\n{\n"
     "struct pool_options options;\nmemset(&options, 0, sizeof options);\noptions.workers = workers;\n"
     "return executor_create(kind, &options);\n}\n", "struct executor *POOL = open_pool(kind, workers);\n"),
    ("", "struct executor *POOL = NULL;\nif (workers > 0) {\nconst struct pool_options wish = {.workers = workers, "
         ".spin_us = -1};\nPOOL = executor_create(kind, &wish);\n} else\nPOOL = executor_create(kind, NULL);\n"),
]
FAILED = ["if (!POOL) {\nRELEASE\nreturn -errno;\n}\n", "if (POOL == NULL) {\nint reason = errno;\nRELEASE\nreturn -reason;\n}\n",
          "int problem = POOL ? 0 : errno;\nif (problem != 0) {\nRELEASE\nreturn -problem;\n}\n",
          "if (!POOL) {\nperror(\"no pool\");\nRELEASE\nreturn errno ? -errno : -ENOMEM;\n}\n"]
ROOM = ["calloc(COUNT, sizeof *LIST)", "malloc(COUNT * sizeof(*LIST))", "reallocarray(NULL, COUNT, sizeof(struct future *))"]
NO_ROOM = ["if (!LIST) return -ENOMEM;\n", "if (LIST == NULL) {\nerrno = ENOMEM;\nreturn -errno;\n}\n",
           "if (!LIST && COUNT > 0) return -ENOMEM;\nmemset(LIST, 0, COUNT * sizeof(*LIST));\n"]
COLLECT = [
    "for (size_t k = 0; k < MANY && !status; k++) status = future_result(LIST[k], INTO(k), -1);\n",
    "futures_wait(LIST, MANY, FUTURES_ALL_COMPLETED, -1);\nsize_t at = 0;\nwhile (at < MANY) {\n"
    "int one = future_result(LIST[at], INTO(at), 0);\nif (one != 0) {\nstatus = one;\nbreak;\n}\nat++;\n}\n",
    "struct completions *ended = futures_as_completed(LIST, MANY, -1);\nfor (struct future *next = completions_next(ended); next; "
    "next = completions_next(ended)) {\nsize_t which = 0;\nwhile (LIST[which] != next) which++;\n"
    "int error = future_result(next, INTO(which), 0);\nif (error && !status) status = error;\n}\ncompletions_free(ended);\n",
    "for (size_t left = MANY; left > 0; left--) {\nstruct future *mine = LIST[left - 1];\nif (status == 0) {\n"
    "status = future_result(mine, INTO(left - 1), -1);\n} else {\nfuture_cancel(mine);\n}\n}\n",
]
RELEASE = [
    "executor_destroy(POOL);\nfor (size_t k = 0; k < MANY; k++) future_free(LIST[k]);\nfree(LIST);\n",
    "for (struct future **each = LIST; each < LIST + MANY; each++) future_free(*each);\nexecutor_shutdown(POOL, true, false);\n"
    "executor_destroy(POOL);\nfree(LIST);\n",
    "size_t gone = MANY;\nwhile (gone-- > 0) future_free(LIST[gone]);\nfree(LIST);\nexecutor_destroy(POOL);\n",
]

# 7.1: what a task is told (types, how it is made of i and j, how x and y come back).
TOLD = [
    ("struct operands {\nint x;\nint y;\n};\n", "struct operands told = {i, j};\n",
     "const struct operands *told = args;\nint x = told->x, y = told->y;\n"),
    ("", "int told[2] = {i, j};\n", "const int *told = args;\nint x = told[0];\nint y = told[1];\n"),
    ("", "long told = (long)i * 65536 + j;\n", "long told = *(const long *)args;\nint y = (int)(told % 65536), x = (int)(told / 65536);\n"),
    ("typedef int operation(int, int);\nstruct call {\noperation *what;\nint left, right;\n};\n",
     "struct call told;\ntold.what = i < j ? slow_add : slow_sub;\ntold.left = i;\ntold.right = j;\n",
     "struct call told;\nmemcpy(&told, args, sizeof told);\nint x = told.left, y = told.right;\n"),
]
COMPUTE = [
    "*(int *)result = x < y ? slow_add(x, y) : slow_sub(x, y);\n",
    "int *answer = result;\nif (x < y)\n*answer = slow_add(x, y);\nelse\n*answer = slow_sub(x, y);\n",
    "int value = 0;\nswitch (x < y) {\ncase 1:\nvalue = slow_add(x, y);\nbreak;\ndefault:\nvalue = slow_sub(x, y);\n}\n"
    "memcpy(result, &value, sizeof value);\n",
    "int (*call)(int, int) = slow_sub;\nif (y > x) call = slow_add;\nint value = call(x, y);\n*((int *)result) = value;\n",
]
WALK = [
    "for (int i = 0; i < n; i++)\nfor (int j = 0; j < n; j++) {\nif (i == j) continue;\nTELL\nSUBMIT\n}\n",
    "int cells = n * n;\nfor (int cell = 0; cell < cells; cell++) {\nint i = cell / n, j = cell % n;\nif (i != j) {\nTELL\nSUBMIT\n}\n}\n",
    "int i = 0;\nwhile (i < n) {\nint j = 0;\ndo {\nif (j != i) {\nTELL\nSUBMIT\n}\nj++;\n} while (j < n);\ni++;\n}\n",
]
GIVE = ["LIST[MANY] = executor_submit(POOL, call_task, &told, sizeof told, sizeof(int));\nif (!LIST[MANY]) {\nstatus = -errno;\nbreak;\n}\nMANY++;\n",
        "struct future *one = executor_submit(POOL, &call_task, &told, sizeof told, sizeof(int));\nif (one == NULL) status = -errno;\nelse LIST[MANY++] = one;\n",
        "if (status == 0 && !(LIST[MANY] = executor_submit(POOL, call_task, &told, sizeof(told), sizeof *results))) status = -errno;\nMANY += status == 0;\n"]


def submit(pick, mine):
    kinds, tell, ask = pick(TOLD)
    helper, create = pick(CREATE)
    body = (f"size_t many = 0;\nint status = 0;\nif (n < 2) return 0;\nstruct future **list = {pick(ROOM)};\n" + pick(NO_ROOM) + create + pick(FAILED).replace("RELEASE", "free(list);") +
            pick(WALK).replace("TELL", tell).replace("SUBMIT", pick(GIVE)) +
            pick(COLLECT).replace("INTO", "PLACE") + pick(RELEASE) + "return status;\n")
    body = body.replace("LIST", "list").replace("MANY", "many").replace("COUNT", "(size_t)(n * n)")
    body = re.sub(r"PLACE\(([^()]*)\)", r"&results[\1]", body)
    return ('#include "submit.h"\n#include <errno.h>\n#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n\n' + mine(
        kinds + helper + "static int call_task(const void *args, void *result)\n{\n" + ask + pick(COMPUTE) + "return 0;\n}\n" +
        "int submit_table(enum executor_kind kind, int workers, int n, int results[])\n{\n" + body + "}\n"))


# 7.2: a function of its own for each way to hand out files; "given" is the stub's part.
HAND_OUT = [
    ("static int file_task(const void *args, void *result)\n{\nconst char *const *path = args;\n*(int *)result = convert_file(*path);\nreturn 0;\n}\n",
     "int status = executor_map(POOL, file_task, json_paths, sizeof *json_paths, statuses, sizeof *statuses, count, NULL, NULL);\n"
     "executor_destroy(POOL);\nreturn status;\n"),
    ("struct order {\nconst char *path;\n};\nstatic int order_task(const void *args, void *unused)\n{\nconst struct order *order = args;\nreturn convert_file(order->path);\n}\n",
     "struct order *orders = calloc(count + 1, sizeof *orders);\nstruct map_options all = {.keep_going = true};\n"
     "if (!orders) {\nexecutor_destroy(POOL);\nreturn -ENOMEM;\n}\nfor (size_t k = 0; k < count; k++) orders[k].path = json_paths[k];\n"
     "executor_map(POOL, order_task, orders, sizeof *orders, NULL, 0, count, statuses, &all);\nfree(orders);\nexecutor_destroy(POOL);\nreturn 0;\n"),
    ("static int convert_one(const void *args, void *result)\n{\nconst char *path;\nmemcpy(&path, args, sizeof path);\nint status = convert_file(path);\n"
     "memcpy(result, &status, sizeof status);\nreturn 0;\n}\n",
     "size_t many = 0;\nint status = 0;\nstruct future **list = ROOMS;\nNO_ROOMS\nwhile (many < count) {\n"
     "list[many] = executor_submit(POOL, convert_one, &json_paths[many], sizeof json_paths[many], sizeof(int));\nif (!list[many]) {\nstatus = -errno;\nbreak;\n}\nmany++;\n}\n"
     "COLLECTS\nRELEASES\nreturn status;\n"),
    ("struct slice {\nconst char *const *paths;\nsize_t first, step, end;\n};\nstatic int slice_task(const void *args, void *result)\n{\nstruct slice slice = *(const struct slice *)args;\n"
     "int *own = result;\nfor (size_t k = slice.first; k < slice.end; k += slice.step) *own++ = convert_file(slice.paths[k]);\nreturn 0;\n}\n",
     "size_t step = workers > 0 ? (size_t)workers : 1, size = (count / step + 1) * sizeof(int);\nstruct future *parts[step];\nint *own = malloc(size);\n"
     "for (size_t p = 0; p < step; p++) {\nstruct slice slice = {json_paths, p, step, count};\nparts[p] = executor_submit(POOL, slice_task, &slice, sizeof slice, size);\n}\n"
     "for (size_t p = 0; p < step; p++) {\nint bad = future_result(parts[p], own, -1);\nfor (size_t k = p, at = 0; k < count; k += step) statuses[k] = bad ? bad : own[at++];\n"
     "future_free(parts[p]);\n}\nfree(own);\nexecutor_destroy(POOL);\nreturn 0;\n"),
]
CHECKS = ["", "if (count == 0) return 0;\n", "if (!json_paths || !statuses) return count ? -EINVAL : 0;\n",
          "for (size_t k = 0; k < count; k++) statuses[k] = -ECANCELED;\n", "memset(statuses, 0, count * sizeof *statuses);\n"]


ONE_FILE = [
    None,  # as it was given
    "static int convert_file(const char *json_path)\n{\nchar target[4096];\nsize_t length = strlen(json_path);\n"
    "if (length < 5 || length > 4000) return -EINVAL;\nif (memcmp(json_path + length - 5, \".json\", 5) != 0) return -EINVAL;\n"
    "sprintf(target, \"%.*s.h5\", (int)length - 5, json_path);\nstruct stock_table *table = stock_table_read_json(json_path, NULL);\n"
    "if (!table) return -errno;\nint status = stock_table_write_hdf5(table, target, NULL, NULL);\nstock_table_destroy(table);\nreturn status;\n}\n",
    "static char *target_of(const char *path)\n{\nconst char *dot = strrchr(path, '.');\nif (dot == NULL || strcmp(dot, \".json\")) {\nerrno = EINVAL;\n"
    "return NULL;\n}\nchar *target = strdup(path);\nif (target) strcpy(target + (dot - path), \".h5\");\nreturn target;\n}\n"
    "static int convert_file(const char *json_path)\n{\nint status = -EIO;\nchar *target = target_of(json_path);\nstruct stock_table *read = NULL;\n"
    "if (target != NULL) {\nread = stock_table_read_json(json_path, NULL);\n}\nif (read != NULL) {\nstatus = stock_table_write_hdf5(read, target, NULL, NULL);\n"
    "stock_table_destroy(read);\n} else {\nstatus = -errno;\n}\nfree(target);\nreturn status;\n}\n",
]


def conversion(pick, mine):
    functions, body = pick(HAND_OUT)
    helper, create = pick(CREATE)
    stub = STUBS["7.2"]
    one_file = pick(ONE_FILE)
    given = stub[:stub.index("// NAME.h5") if one_file else stub.index("int convert_files(")]
    functions = (one_file or "") + functions
    body = pick(CHECKS) + create + pick(FAILED).replace("RELEASE\n", "") + pick(CHECKS[2:]) + body
    body = (body.replace("NO_ROOMS", pick(NO_ROOM)).replace("ROOMS", pick(ROOM)).replace("COLLECTS", pick(COLLECT)).replace("RELEASES", pick(RELEASE)))
    body = body.replace("LIST", "list").replace("MANY", "many").replace("COUNT", "(count + 1)")
    body = re.sub(r"INTO\(([^()]*)\)", r"&statuses[\1]", body)
    return given + mine(functions + helper) + re.search(r"int convert_files\([^{]*", stub).group() + "{\n" + mine(body) + "}\n"


# 7.3: a task for a row, a block of rows, or a pair; the given formula stays.
GRAINS = [
    ("struct row {\nconst struct aligned_series *series;\nsize_t i;\n};\nstatic int row_task(const void *args, void *result)\n{\nconst struct row *row = args;\n"
     "correlate_row(row->series, row->i, result);\nreturn 0;\n}\n",
     "struct row *rows = calloc(n + 1, sizeof *rows);\nif (!rows) {\nexecutor_destroy(POOL);\nreturn -ENOMEM;\n}\nfor (size_t i = 0; i < n; i++) rows[i] = (struct row){series, i};\n"
     "int status = executor_map(POOL, row_task, rows, sizeof *rows, r, n * sizeof *r, n, NULL, NULL);\nfree(rows);\nexecutor_destroy(POOL);\n"),
    ("struct block {\nconst struct aligned_series *all;\nsize_t from;\nsize_t to;\n};\nstatic int block_task(const void *args, void *result)\n{\n"
     "struct block b;\nmemcpy(&b, args, sizeof(b));\ndouble *out = result;\nfor (size_t row = b.from; row < b.to; ++row) {\ncorrelate_row(b.all, row, out);\nout += b.all->series_count;\n}\nreturn 0;\n}\n",
     "size_t blocks = 4 * (size_t)(workers > 0 ? workers : 1), status_of = 0;\nstruct future *list[blocks];\nint status = 0;\nfor (size_t p = 0; p < blocks; p++) {\n"
     "struct block b = {series, p * n / blocks, (p + 1) * n / blocks};\nlist[p] = executor_submit(POOL, block_task, &b, sizeof b, (b.to - b.from) * n * sizeof(double));\n}\n"
     "for (; status_of < blocks; status_of++) {\ndouble *to = r + status_of * n / blocks * n;\nint one = future_result(list[status_of], to, -1);\nif (one) status = one;\nfuture_free(list[status_of]);\n}\nexecutor_destroy(POOL);\n"),
    ("struct couple {\nconst double *x, *y;\nsize_t days;\n};\nstatic int couple_task(const void *args, void *result)\n{\nconst struct couple *two = args;\n"
     "*(double *)result = correlation(two->x, two->y, two->days);\nreturn 0;\n}\n",
     "size_t many = 0, total = n * n;\nint status = 0;\nstruct future **list = ROOMS;\nNO_ROOMS\nfor (size_t i = 0; i < n; i++) {\nconst double *first = &series->values[i * series->length];\n"
     "for (size_t j = 0; j < n; j++, many++) {\nstruct couple two = {first, &series->values[j * series->length], series->length};\n"
     "list[many] = executor_submit(POOL, couple_task, &two, sizeof two, sizeof(double));\n}\n}\nCOLLECTS\nRELEASES\n(void)total;\n"),
    ("static const struct aligned_series *common;\nstatic int half_task(const void *args, void *result)\n{\nsize_t i = *(const size_t *)args, length = common->length;\ndouble *out = (double *)result;\n"
     "const double *mine = common->values + i * length;\nfor (size_t j = i; j < common->series_count; j++) out[j - i] = correlation(mine, common->values + j * length, length);\nreturn 0;\n}\n",
     "struct future *halves[n + 1];\nint status = 0;\nfor (size_t i = 0; i < n; i++) {\nhalves[i] = executor_submit(POOL, half_task, &i, sizeof i, (n - i) * sizeof(double));\nif (!halves[i]) status = -errno;\n}\n"
     "for (size_t i = 0; i < n && !status; i++) {\nstatus = future_result(halves[i], &r[i * n + i], -1);\nfor (size_t j = i + 1; j < n; j++) r[j * n + i] = r[i * n + j];\nfuture_free(halves[i]);\n}\nexecutor_destroy(POOL);\n"),
]
LOADING = [
    None,  # as it was given
    ("struct file {\nconst char *path;\nconst char *column;\n};\nstatic int file_task(const void *args, void *unused)\n{\nconst struct file *file = args;\nstruct stock_series one = {0};\n"
     "int status = stock_series_read_hdf5(file->path, file->column, &one, NULL);\nif (status) return status;\nsize_t size;\nvoid *bytes = stock_series_pack(&one, &size);\n"
     "status = bytes ? task_set_result(bytes, size) : -errno;\nfree(bytes);\nstock_series_close(&one);\nreturn status;\n}\n",
     "for (size_t k = 0; k < count; k++) {\nstruct file file = {h5_paths[k], column};\nreads[k] = executor_submit(readers, file_task, &file, sizeof file, 0);\n}\n"
     "for (size_t k = 0; k < count && !status; k++) {\nstatus = future_result(reads[k], NULL, -1);\nif (status) break;\nsize_t size = future_result_size(reads[k]);\nchar bytes[size];\n"
     "status = future_result(reads[k], bytes, 0);\nif (!status) status = stock_series_unpack(bytes, size, &series[k]);\n}\n"),
    ("static const char *wanted_column;\nstatic int read_and_pack(const void *args, void *result)\n{\nconst char *path = *(const char *const *)args;\nstruct stock_series here;\n"
     "memset(&here, 0, sizeof here);\nint trouble = stock_series_read_hdf5(path, wanted_column, &here, NULL);\nif (trouble != 0) {\ntask_set_error(\"cannot be read\");\n} else {\n"
     "size_t length = 0;\nchar *packed = stock_series_pack(&here, &length);\nif (!packed) trouble = -ENOMEM;\nelse trouble = task_set_result(packed, length);\nfree(packed);\n}\n"
     "stock_series_close(&here);\nreturn trouble;\n}\n",
     "wanted_column = column;\nsize_t k = 0;\nwhile (k < count) {\nreads[k] = executor_submit(readers, read_and_pack, h5_paths + k, sizeof(char *), 0);\nk++;\n}\n"
     "futures_wait(reads, count, FUTURES_FIRST_ERROR, -1);\nfor (k = 0; k < count; k++) {\nstruct task_error trouble = {0};\nfuture_error(reads[k], &trouble, -1);\nif (trouble.number) {\n"
     "status = trouble.number;\nbreak;\n}\nsize_t length = future_result_size(reads[k]);\nunsigned char *packed = malloc(length ? length : 1);\nfuture_result(reads[k], packed, -1);\n"
     "if (packed) stock_series_unpack(packed, length, series + k);\nfree(packed);\n}\n"),
]


FORMULA = [
    None,  # as it was given
    "static double correlation(const double x[], const double y[], size_t length)\n{\nlong double sx = 0, sy = 0, top = 0, left = 0, right = 0;\n"
    "const double *end = x + length;\nfor (const double *p = x, *q = y; p < end; p++, q++) {\nsx += *p;\nsy += *q;\n}\nsx /= length;\nsy /= length;\n"
    "for (size_t t = length; t > 0; t--) {\nlong double u = x[t - 1] - sx, v = y[t - 1] - sy;\ntop += u * v;\nleft += u * u;\nright += v * v;\n}\n"
    "if (left == 0 || right == 0) return NAN;\nreturn (double)fminl(1, fmaxl(-1, top / sqrtl(left) / sqrtl(right)));\n}\n",
    "static double dot(const double u[], const double v[], size_t length)\n{\ndouble sum = 0;\nwhile (length-- > 0) sum += u[length] * v[length];\nreturn sum;\n}\n"
    "static double *centred(const double x[], size_t length)\n{\ndouble *out = malloc((length + 1) * sizeof *out), middle = mean(x, length);\n"
    "for (size_t k = 0; k < length; k++) out[k] = x[k] - middle;\nreturn out;\n}\n"
    "static double correlation(const double x[], const double y[], size_t length)\n{\nif (is_constant(x, length) || is_constant(y, length)) return NAN;\n"
    "double *u = centred(x, length), *v = centred(y, length);\ndouble r = dot(u, v, length) / sqrt(dot(u, u, length)) / sqrt(dot(v, v, length));\nfree(u);\nfree(v);\n"
    "if (r > 1) r = 1;\nif (r < -1) r = -1;\nreturn x == y ? 1 : r;\n}\n",
]
BEST = [
    ("", "if (!status) *best = best_of(r, n);\n"),
    ("static void find_best(const double r[], size_t n, struct best_pair *best)\n{\nbest->a = best->b = 0;\nbest->r = NAN;\nfor (size_t at = 0; at < n * n; at++) {\n"
     "size_t a = at / n, b = at % n;\nif (a >= b || isnan(r[at])) continue;\nif (isnan(best->r) || r[at] > best->r) {\nbest->a = a;\nbest->b = b;\nbest->r = r[at];\n}\n}\n}\n",
     "find_best(r, n, best);\n"),
    ("", "double top = -2;\n*best = (struct best_pair){0, 0, NAN};\nfor (size_t b = 1; b < n && !status; b++) {\nfor (size_t a = 0; a < b; a++) {\ndouble one = r[a * n + b];\n"
     "if (one > top) {\ntop = one;\n*best = (struct best_pair){a, b, one};\n}\n}\n}\n"),
]


def correlations(pick, mine):
    stub = STUBS["7.3"]
    functions, body = pick(GRAINS)
    helper, create = pick(CREATE)
    formula, (finder, found) = pick(FORMULA), pick(BEST)
    if formula:
        start = stub.index("// Pearson")
        stub = stub[:start] + mine(formula) + stub[stub.index("// Row i of r"):]
    functions += finder
    if "common" in functions:
        create = "common = series;\n" + create
    loading = pick(LOADING)
    if loading:
        more, reading = loading
        reading = ("int status = 0;\nstruct executor *readers = executor_create(kind, &(struct pool_options){.workers = workers});\n"
                   "struct future *reads[count + 1];\n" + reading + "executor_destroy(readers);\nfor (size_t k = 0; k < count; k++) future_free(reads[k]);\n")
        start = stub.index("    int status = 0;\n    for (size_t k")
        end = stub.index("    if (!status) status = aligned_series_init")
        stub = stub[:start] + mine(reading) + stub[end:]
        stub = stub.replace("static void close_all", mine(more) + "static void close_all")
    start = stub.index("int correlate_pairs(")
    body = "size_t n = series->series_count;\n" + create + pick(FAILED).replace("RELEASE\n", "") + body + found + "return status;\n"
    body = body.replace("NO_ROOMS", pick(NO_ROOM)).replace("ROOMS", pick(ROOM)).replace("COLLECTS", pick(COLLECT)).replace("RELEASES", pick(RELEASE))
    body = body.replace("LIST", "list").replace("MANY", "many").replace("COUNT", "(n * n + 1)")
    body = re.sub(r"INTO\(([^()]*)\)", r"&r[\1]", body)
    head = stub[:start].replace("#include <stdlib.h>\n", "#include <stdlib.h>\n#include <stdio.h>\n#include <string.h>\n")
    return head + mine(functions + helper) + re.search(r"int correlate_pairs\([^{]*", stub).group() + "{\n" + mine(body) + "}\n"


WRITERS = {"7.1": submit, "7.2": conversion, "7.3": correlations}


# What one does and the other does not, each all over what they write: (what is looked for, what
# stands there instead).
HABITS = [
    [(r"\bfor \(size_t (\w+) = 0; \1 < ([^;]+); \1\+\+\)", r"for (size_t \1 = 0; \1 != \2; ++\1)")],
    [(r"(?m)^(struct \w+) (\w+) = \{0\};$", r"\1 \2;\nmemset(&\2, 0, sizeof \2);")],
    [(r"!(\w+)\b(?!\[|\(|-|\.)", r"\1 == 0")],
    [(r"\bsizeof (\*?\w+)", r"sizeof(\1)")],
    [(r"(?m)^(int|size_t|int \*|void \*|struct executor \*)(?: |(?<=\*))(\w+) = ([^{};,?]*);$", r"\1 \2;\n\2 = \3;")],
    [(r"&(\w+)\[([^\[\]]*)\](?=[,;)])", r"\1 + (\2)")],
    [(r"\bfree\((\w+)\);", r"if (\1) free(\1);")],
    [(r"(?m)^(if \([^()]*\)|for \([^()]*\)) ([a-z][^{};]*;)$", r"\1 {\n\2\n}")],
    [(r"(?<![.\w])(\w+)->", r"(*\1).")],
    [(r"(?m)^(\w+)\+\+;$", r"\1 += 1;"), (r"\bstatus = -errno;", "status = errno > 0 ? -errno : -EIO;")],
    [(r"(?m)^return status;$", "if (status < 0) return status;\nreturn 0;"), (r"(?m)^return 0;$", "int done = 0;\nreturn done;")],
]


def habits_of(numbers):
    kept = [habit for habit in HABITS if numbers.random() < 0.5]

    def mine(text):
        for habit in kept:
            for pattern, instead in habit:
                text = re.sub(pattern, instead, text)
        return text
    return mine


def indented(text):
    """Lines inside of braces, where they are not indented yet."""
    depth, lines = 0, []
    for line in text.split("\n"):
        code = re.sub(r'"[^"]*"|//.*', "", line)
        inside = depth - code.startswith("}")
        lines.append("    " * inside + line if line and not line[0].isspace() else line)
        depth += code.count("{") - code.count("}")
    return "\n".join(lines)


def honest(exercise, number):
    """The file of somebody who worked alone: number chooses the hand."""
    numbers = random.Random(f"{exercise} {number}")
    mine = habits_of(numbers)
    text = WRITERS[exercise](numbers.choice, mine).replace("POOL", numbers.choice(["pool", "executor", "ex", "crew"]))
    return f"// Number {number}.\n" + indented(text)


def others(exercise):
    """The solution and the files of tests/mutants/ that were written alone, by their names."""
    folder, file = FILES[exercise]
    paths = [f"tests/mutants/{folder}/{name}.c" for name in ALONE[exercise]]
    if os.path.exists(f"solutions/{folder}/{file}"):
        paths.append(f"solutions/{folder}/{file}")
    return {"by-" + re.sub(r"\W", "-", path): open(path).read() for path in paths if os.path.exists(path)}


# ---- copies

GIVEN_NAMES = set(re.findall(r"\w+", "".join(open(path).read() for path in glob.glob("exercises/*/*.h"))))
API_NAMES = {name for name in GIVEN_NAMES if "_" in name} | {"main"}
DECLARED = re.compile(r"\b(?:int|long|double|size_t|char|void|bool|pid_t|pthread_t|struct \w+|operation)\b[\s*]*(?:const\b[\s*]*)?(\w+)\s*(?=[=;,\[)(:])")
WORD = re.compile(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|//[^\n]*|(?:->|\.)\s*\w+|(?:struct|enum) \w+|\w+|.', re.S)
KEYWORDS = {"const", "return", "if", "for", "while", "sizeof", "struct", "int", "double", "char", "void", "static"}


def renamed(text, numbers):
    members = set(re.findall(r"\w+", " ".join(re.findall(r"struct \w+ \{(.*?)\}", text, re.S))))
    names = {name for name in DECLARED.findall(text)} - API_NAMES - members - KEYWORDS
    new = {name: f"{numbers.choice(['my', 'the', 'tmp', 'cur', 'v'])}_{numbers.choice('abcdefgh')}{i}" for i, name in enumerate(sorted(names))}
    structs = {name: f"kind{i}_t" for i, name in enumerate(sorted(set(re.findall(r"struct (\w+) \{", text))))}
    text = re.sub(r"struct (\w+)", lambda found: "struct " + structs.get(found[1], found[1]), text)
    return "".join(new.get(word, word) for word in WORD.findall(text))


def moved(text, numbers):
    """Static functions in another order, declared before."""
    functions = re.findall(r"^static [^;={}]*\)\n\{\n.*?^\}\n", text, re.M | re.S)
    if len(functions) < 2:
        return text
    place = text.index(functions[0])
    shapes = "".join(re.findall(r"^struct \w+ \{\n.*?^\};\n|^typedef [^\n]*\n|^static const struct[^\n]*;\n|^static const char \*\w+;\n", text[place:], re.M | re.S))
    rest = text[place:]
    for part in functions + re.findall(r"^struct \w+ \{\n.*?^\};\n|^static const struct[^\n]*;\n|^static const char \*\w+;\n", rest, re.M | re.S):
        rest = rest.replace(part, "")
    order = functions[:]
    while order == functions:
        numbers.shuffle(order)
    heads = "".join(function[:function.index("\n{\n")] + ";\n" for function in functions)
    return text[:place] + shapes + heads + "\n".join(order) + rest


def commented(text, numbers):
    """No comment of before, many others; other white space."""
    words = ["loop over all", "here it begins", "see the lecture", "important!", "now wait", "ok"]
    text = re.sub(r'("(?:\\.|[^"\\\n])*")|//[^\n]*', lambda found: found[1] or "", text)
    lines = []
    for line in text.split("\n"):
        if numbers.random() < 0.2 and not line.startswith("#"):
            lines.append(f"/* {numbers.choice(words)} */")
        lines.append(re.sub(r"^\s*", lambda space: "\t" * (len(space[0]) // 4), line).replace(" = ", "="))
    return "\n".join(lines)


def copied(text, number):
    numbers = random.Random(f"copy {number}")
    return commented(renamed(moved(text, numbers), numbers), numbers)


def write_person(folder, name, files):
    for exercise, text in files.items():
        os.makedirs(f"{folder}/sources/{name}", exist_ok=True)
        with open(f"{folder}/sources/{name}/{FILES[exercise][1]}", "w", newline="") as file:
            file.write(text)
