// Where the installed HDF5 is not safe for threads, the stocks let one thread at a time into
// it. This program says that it is not safe, and watches the door: its own functions of those
// names come before the library's.

#include <dlfcn.h>
#include <hdf5.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include "stock_folder.h"
#include "stocks/stock_series.h"
#include "unit.h"

enum { THREADS = 8, TIMES = 30 };

static atomic_int inside, most_inside, asked, failures;

herr_t H5is_library_threadsafe(hbool_t *answer)
{
    atomic_fetch_add(&asked, 1);
    *answer = false;
    return 0;
}

static void enter(void)
{
    int now = atomic_fetch_add(&inside, 1) + 1, most = atomic_load(&most_inside);
    while (now > most && !atomic_compare_exchange_weak(&most_inside, &most, now))
        continue;
    for (int i = 0; i < 5; i++)
        sched_yield(); // the others have every chance to come in
}

hid_t H5Fopen(const char *path, unsigned flags, hid_t access)
{
    static hid_t (*theirs)(const char *, unsigned, hid_t);
    if (!theirs) *(void **)&theirs = dlsym(RTLD_NEXT, "H5Fopen");
    enter();
    return theirs(path, flags, access);
}

hid_t H5Fcreate(const char *path, unsigned flags, hid_t creation, hid_t access)
{
    static hid_t (*theirs)(const char *, unsigned, hid_t, hid_t);
    if (!theirs) *(void **)&theirs = dlsym(RTLD_NEXT, "H5Fcreate");
    enter();
    return theirs(path, flags, creation, access);
}

herr_t H5Fclose(hid_t file)
{
    static herr_t (*theirs)(hid_t);
    if (!theirs) *(void **)&theirs = dlsym(RTLD_NEXT, "H5Fclose");
    herr_t status = theirs(file);
    atomic_fetch_sub(&inside, 1);
    return status;
}

static void *write_and_read(void *path)
{
    static int64_t moments[] = {1, 2, 3};
    static double values[] = {1.5, 2.5, 3.5};
    const struct stock_table table = {3, 1, (char *[]){"close"}, moments,
                                      (double *[]){values}};
    for (int i = 0; i < TIMES; i++) {
        struct stock_series series;
        bool failed = stock_table_write_hdf5(&table, path, NULL, NULL) < 0 ||
                      stock_series_read_hdf5(path, "close", &series, NULL) < 0;
        if (!failed) stock_series_close(&series);
        atomic_fetch_add(&failures, failed);
    }
    return NULL;
}

START_TEST(test_stock_serial_lets_one_thread_at_a_time_into_an_unsafe_hdf5)
{
    pthread_t threads[THREADS];
    char paths[THREADS][512];
    for (int i = 0; i < THREADS; i++) {
        char name[16];
        snprintf(name, sizeof name, "S%d.h5", i);
        snprintf(paths[i], sizeof paths[i], "%s", stock_folder_path(name));
        ck_assert_int_eq(pthread_create(&threads[i], NULL, write_and_read, paths[i]),
                         0);
    }
    for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    ck_assert_int_eq(atomic_load(&asked), 1);
    ck_assert_int_eq(atomic_load(&failures), 0);
    ck_assert_int_eq(atomic_load(&most_inside), 1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("stock_serial");
    TCase *tests = tcase_create("stock_serial");
    tcase_add_checked_fixture(tests, stock_folder_create, stock_folder_remove);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests,
                   test_stock_serial_lets_one_thread_at_a_time_into_an_unsafe_hdf5);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
