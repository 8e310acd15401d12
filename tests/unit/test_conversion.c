// 7.2: stub and solution convert the same files, and a bad one hurts only itself.

#include "conversion.h"
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "stocks/stock_series.h"
#include "unit.h"

int stub_convert_files(enum executor_kind kind, int workers,
                       const char *const json_paths[], size_t count, int statuses[]);

typedef int convert_fn(enum executor_kind kind, int workers,
                       const char *const json_paths[], size_t count, int statuses[]);

// The stub once, then the solution on each kind of executor.
static const struct {
    convert_fn *convert;
    enum executor_kind kind;
} versions[] = {{stub_convert_files, EXECUTOR_THREADS},
                {convert_files, EXECUTOR_THREADS},
                {convert_files, EXECUTOR_PROCESSES},
                {convert_files, EXECUTOR_TEXTBOOK}};
enum { VERSION_COUNT = 4, FILES = 9, ROWS = 50 };

static char folder[64];
static char json_paths[FILES][96], hdf5_paths[FILES][96];
static const char *path_list[FILES];

static void write_text(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

static void write_stock(const char *path, int first_price)
{
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    for (int k = 0; k < ROWS; k++)
        fprintf(file,
                "{\"timestamp\": \"20%02d-01-02 00:00:00\", \"close\": %d.5, "
                "\"high\": 9, "
                "\"low\": 1, \"open\": 2}\n",
                10 + k, first_price + k);
    ck_assert_int_eq(fclose(file), 0);
}

static void create_files(void)
{
    strcpy(folder, "/tmp/test_conversion_XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    for (int k = 0; k < FILES; k++) {
        snprintf(json_paths[k], sizeof json_paths[k], "%s/S%d.json", folder, k);
        snprintf(hdf5_paths[k], sizeof hdf5_paths[k], "%s/S%d.h5", folder, k);
        write_stock(json_paths[k], 100 * k);
        path_list[k] = json_paths[k];
    }
}

static void remove_files(void)
{
    for (int k = 0; k < FILES; k++) {
        unlink(json_paths[k]);
        unlink(hdf5_paths[k]);
    }
    ck_assert_int_eq(rmdir(folder), 0); // nothing else may be left in it
}

static int convert(int version, int workers, int statuses[])
{
    memset(statuses, 0x55, FILES * sizeof *statuses);
    return versions[version].convert(versions[version].kind, workers, path_list,
                                     FILES, statuses);
}

static void assert_converted(int k)
{
    struct stock_series series = {0};
    ck_assert_int_eq(stock_series_read_hdf5(hdf5_paths[k], "close", &series, NULL),
                     0);
    ck_assert_uint_eq(series.length, ROWS);
    for (int row = 0; row < ROWS; row++)
        ck_assert(series.values[row] == 100 * k + row + 0.5);
    stock_series_close(&series);
}

static int open_descriptors(void)
{
    int count = 0;
    DIR *descriptors = opendir("/proc/self/fd");
    while (readdir(descriptors)) count++;
    closedir(descriptors);
    return count;
}

START_TEST(test_conversion_stores_what_the_files_hold)
{
    int statuses[FILES];
    for (int workers = 1; workers <= 3; workers++) {
        ck_assert_int_eq(convert(_i, workers, statuses), 0);
        for (int k = 0; k < FILES; k++) {
            ck_assert_int_eq(statuses[k], 0);
            assert_converted(k);
            unlink(hdf5_paths[k]);
        }
    }
}
END_TEST

START_TEST(test_conversion_of_bad_files_keeps_no_good_one_back)
{
    int statuses[FILES];
    write_text(json_paths[0],
               "{\"timestamp\": \"2010-01-02 00:00:00\", \"close\": }\n");
    unlink(json_paths[4]);
    path_list[7] = hdf5_paths[7]; // not the name of a JSON file
    ck_assert_int_eq(convert(_i, 2, statuses), 0);
    for (int k = 0; k < FILES; k++) {
        int expected = k == 0 ? -EINVAL : k == 4 ? -ENOENT : k == 7 ? -EINVAL : 0;
        ck_assert_int_eq(statuses[k], expected);
        if (expected == 0)
            assert_converted(k);
        else
            ck_assert_int_eq(access(hdf5_paths[k], F_OK), -1);
    }
}
END_TEST

START_TEST(test_conversion_that_fails_leaves_an_older_file_alone)
{
    int statuses[FILES];
    ck_assert_int_eq(convert(0, 1, statuses), 0);
    write_text(json_paths[3], "no JSON\n");
    ck_assert_int_eq(convert(_i, 2, statuses), 0);
    ck_assert_int_eq(statuses[3], -EINVAL);
    assert_converted(3);
}
END_TEST

START_TEST(test_conversion_leaves_no_descriptor_open)
{
    int statuses[FILES];
    write_text(json_paths[2], "");
    ck_assert_int_eq(convert(_i, 2, statuses), 0);
    int before = open_descriptors();
    ck_assert_int_eq(convert(_i, 2, statuses), 0);
    ck_assert_int_eq(open_descriptors(), before);
}
END_TEST

START_TEST(test_conversion_of_no_files_has_nothing_to_do)
{
    ck_assert_int_eq(versions[_i].convert(versions[_i].kind, 2, path_list, 0, NULL),
                     0);
}
END_TEST

START_TEST(test_conversion_refuses_names_that_do_not_end_in_json)
{
    const char *paths[] = {"", "json", "x.jso", "x.json.gz"};
    int statuses[4] = {0};
    ck_assert_int_eq(versions[_i].convert(versions[_i].kind, 2, paths, 4, statuses),
                     0);
    for (int k = 0; k < 4; k++) ck_assert_int_eq(statuses[k], -EINVAL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("conversion");
    TCase *files = tcase_create("files");
    tcase_set_timeout(files, 30);
    tcase_add_checked_fixture(files, create_files, remove_files);
    tcase_add_loop_test(files, test_conversion_stores_what_the_files_hold, 0,
                        VERSION_COUNT);
    tcase_add_loop_test(files, test_conversion_of_bad_files_keeps_no_good_one_back,
                        0, VERSION_COUNT);
    tcase_add_loop_test(files, test_conversion_that_fails_leaves_an_older_file_alone,
                        0, VERSION_COUNT);
    tcase_add_loop_test(files, test_conversion_leaves_no_descriptor_open, 0,
                        VERSION_COUNT);
    tcase_add_loop_test(files, test_conversion_of_no_files_has_nothing_to_do, 0,
                        VERSION_COUNT);
    tcase_add_loop_test(files, test_conversion_refuses_names_that_do_not_end_in_json,
                        0, VERSION_COUNT);
    suite_add_tcase(suite, files);
    return unit_run(suite);
}
