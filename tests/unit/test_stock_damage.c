// Damaged files: cut at every byte, bytes changed at random, made up. A reader may refuse or
// take them; it may not crash, hang, print, or leave anything open.

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "stock_folder.h"
#include "stocks/stock_series.h"
#include "unit.h"

enum { ROWS = 30 };

static char *whole;
static size_t whole_size;

// A random number that is the same in every run.
static uint32_t random_state;
static uint32_t next_random(void)
{
    random_state = random_state * 1664525 + 1013904223;
    return random_state >> 8;
}

static void make_json(void)
{
    FILE *file = fopen(stock_folder_path("whole.json"), "w");
    for (int i = 1; i <= ROWS; i++)
        fprintf(
            file,
            "{\"timestamp\": \"2013-06-%02d\", \"close\": %d.5, \"open\": null}\n",
            i, i);
    ck_assert_int_eq(fclose(file), 0);
    whole = stock_folder_read("whole.json", &whole_size);
}

static void setup_json(void)
{
    stock_folder_create();
    make_json();
}

static void setup_hdf5(void)
{
    setup_json();
    free(whole);
    struct stock_table *table =
        stock_table_read_json(stock_folder_path("whole.json"), NULL);
    ck_assert_ptr_nonnull(table);
    struct stock_options options = {.deflate_level = 1};
    ck_assert_int_eq(
        stock_table_write_hdf5(table, stock_folder_path("whole.h5"), &options, NULL),
        0);
    stock_table_destroy(table);
    whole = stock_folder_read("whole.h5", &whole_size);
}

static void teardown(void)
{
    free(whole);
    stock_folder_remove();
}

// Reads a file of JSON lines: a table, or a sentence. How many rows.
static size_t read_json_file(const char *path)
{
    struct stock_error error = {""};
    errno = 0;
    struct stock_table *table = stock_table_read_json(path, &error);
    size_t rows = table ? table->row_count : 0;
    if (!table) {
        ck_assert_int_eq(errno, EINVAL);
        ck_assert_int_eq(strncmp(error.text, path, strlen(path)), 0);
    }
    stock_table_destroy(table);
    return rows;
}

static void read_json(const char *bytes, size_t size)
{
    read_json_file(stock_folder_write("damaged.json", bytes, size));
}

START_TEST(test_stock_damage_json_cut_at_every_byte)
{
    const char *path = stock_folder_path("whole.json");
    for (size_t size = whole_size; size-- > 1;) {
        ck_assert_int_eq(truncate(path, (off_t)size), 0);
        bool at_line_end = whole[size - 1] == '\n' || whole[size] == '\n';
        ck_assert_msg(at_line_end == (read_json_file(path) > 0), "%zu bytes", size);
    }
}
END_TEST

START_TEST(test_stock_damage_json_with_changed_bytes)
{
    char *bytes = malloc(whole_size);
    random_state = (uint32_t)_i;
    for (int round = 0; round < 400; round++) {
        memcpy(bytes, whole, whole_size);
        for (uint32_t n = next_random() % 4 + 1; n > 0; n--)
            bytes[next_random() % whole_size] = (char)next_random();
        read_json(bytes, whole_size);
    }
    free(bytes);
}
END_TEST

START_TEST(test_stock_damage_json_of_shuffled_pieces)
{
    static const char *const pieces[] = {"{",
                                         "}",
                                         "[",
                                         "]",
                                         "\"timestamp\"",
                                         ":",
                                         ",",
                                         "\"2013-07-01\"",
                                         "null",
                                         "1e308",
                                         "-1",
                                         "\n",
                                         "\"close\"",
                                         "\\",
                                         "\"",
                                         " ",
                                         "\xef\xbb\xbf",
                                         "\xff",
                                         "NaN",
                                         "{\"timestamp\": \"2013-07-02\"",
                                         "\"\\ud800\"",
                                         "1e-999"};
    enum { PIECES = sizeof pieces / sizeof pieces[0] };
    random_state = (uint32_t)_i + 100;
    for (int round = 0; round < 500; round++) {
        char text[1024] = "";
        for (uint32_t n = next_random() % 30; n > 0; n--)
            strcat(text, pieces[next_random() % PIECES]);
        read_json(text, strlen(text));
    }
}
END_TEST

static int read_hdf5(const char *path)
{
    struct stock_series series;
    struct stock_error error = {""};
    int status = stock_series_read_hdf5(path, "close", &series, &error);
    ck_assert_msg(status == 0 || strncmp(error.text, path, strlen(path)) == 0,
                  "status %d: %s", status, error.text);
    stock_series_close(&series);
    return status;
}

START_TEST(test_stock_damage_hdf5_cut_at_every_byte)
{
    const char *path = stock_folder_path("whole.h5");
    ck_assert_int_eq(read_hdf5(path), 0);
    for (size_t size = whole_size; size-- > 0;) {
        ck_assert_int_eq(truncate(path, (off_t)size), 0);
        ck_assert_int_eq(read_hdf5(path), -EINVAL);
    }
    stock_folder_check_no_ids();
}
END_TEST

// In a process of its own; whether it came to its end.
static bool read_in_child(const char *path)
{
    int status;
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        alarm(20);
        read_hdf5(path);
        stock_folder_check_no_ids();
        _exit(0);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(!WIFSIGNALED(status) || WTERMSIG(status) != SIGALRM);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

// HDF5 itself reads out of bounds over some damaged files (chunks that unpack to less than
// they should), and no caller can keep it from that. So crashes are counted: hardly any.
START_TEST(test_stock_damage_hdf5_with_changed_bytes)
{
    enum { FILES = 200 };
    int crashes = 0;
    char *bytes = malloc(whole_size);
    random_state = (uint32_t)_i + 1000;
    for (int round = 0; round < FILES; round++) {
        memcpy(bytes, whole, whole_size);
        for (uint32_t n = next_random() % 3 + 1; n > 0; n--)
            bytes[next_random() % whole_size] ^= (char)(1 << next_random() % 8);
        crashes +=
            !read_in_child(stock_folder_write("damaged.h5", bytes, whole_size));
    }
    ck_assert_int_le(crashes, FILES / 20);
    free(bytes);
}
END_TEST

static void *read_and_fail(void *path)
{
    read_hdf5(path);
    return NULL;
}

// A thread that ends after a failed call, then the process by exit().
START_TEST(test_stock_damage_hdf5_leaves_the_exit_of_the_process_quiet)
{
    char path[512], said[64];
    int ends[2], status;
    snprintf(path, sizeof path, "%s", stock_folder_path("whole.h5"));
    ck_assert_int_eq(truncate(path, (off_t)whole_size / 2), 0);
    ck_assert_int_eq(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        pthread_t thread;
        dup2(ends[1], STDERR_FILENO);
        pthread_create(&thread, NULL, read_and_fail, path);
        pthread_join(thread, NULL);
        exit(0);
    }
    close(ends[1]);
    ck_assert_int_eq(read(ends[0], said, sizeof said), 0);
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
    close(ends[0]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("stock_damage");
    TCase *json = tcase_create("json"), *hdf5 = tcase_create("hdf5");
    tcase_add_checked_fixture(json, setup_json, teardown);
    tcase_add_checked_fixture(hdf5, setup_hdf5, teardown);
    tcase_set_timeout(json, 60);
    tcase_set_timeout(hdf5, 60);
    tcase_add_test(json, test_stock_damage_json_cut_at_every_byte);
    tcase_add_loop_test(json, test_stock_damage_json_with_changed_bytes, 0, 4);
    tcase_add_loop_test(json, test_stock_damage_json_of_shuffled_pieces, 0, 4);
    tcase_add_test(hdf5, test_stock_damage_hdf5_cut_at_every_byte);
    tcase_add_loop_test(hdf5, test_stock_damage_hdf5_with_changed_bytes, 0, 3);
    tcase_add_test(hdf5,
                   test_stock_damage_hdf5_leaves_the_exit_of_the_process_quiet);
    suite_add_tcase(suite, json);
    suite_add_tcase(suite, hdf5);
    return unit_run(suite);
}
