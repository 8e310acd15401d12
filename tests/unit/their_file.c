#include "their_file.h"
#include <check.h>
#include <hdf5_hl.h>
#include <stdio.h>
#include "stock_folder.h"

char their_path[512];
hid_t their_file;

void their_file_create(void)
{
    stock_folder_create();
    snprintf(their_path, sizeof their_path, "%s", stock_folder_path("theirs.h5"));
    their_file = H5Fcreate(their_path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    ck_assert_int_ge(their_file, 0);
}

void their_file_remove(void)
{
    stock_folder_remove();
}

void their_file_close(void)
{
    ck_assert_int_ge(H5Fclose(their_file), 0);
    stock_folder_check_no_ids();
}

void their_file_add_group(const char *name)
{
    hid_t group =
        H5Gcreate2(their_file, name, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    ck_assert_int_ge(H5Gclose(group), 0);
}

void their_file_add_array(const char *name, hid_t stored, hid_t type, hsize_t count,
                          const void *values)
{
    hid_t space = H5Screate_simple(1, &count, NULL);
    hid_t dataset = H5Dcreate2(their_file, name, stored, space, H5P_DEFAULT,
                               H5P_DEFAULT, H5P_DEFAULT);
    ck_assert_int_ge(H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values),
                     0);
    H5Dclose(dataset);
    H5Sclose(space);
}

struct row {
    int32_t volume;
    char timestamp[20];
    float close;
};

static const struct row rows[] = {{100, "2013-07-01", 1.5f},
                                  {-7, "2013-07-02 09:30:00", -0.1f},
                                  {0, "2013-07-03         ", 1e30f}};
const int64_t their_moments[] = {1372636800000000000, 1372757400000000000,
                                 1372809600000000000};

// A table of the user's own: text for timestamps, other types, another order.
void their_file_add_rows(const char *name, const char *timestamp, size_t count)
{
    hid_t text = H5Tcopy(H5T_C_S1);
    H5Tset_size(text, 20);
    const char *names[] = {"volume", timestamp, "close"};
    const size_t offsets[] = {offsetof(struct row, volume),
                              offsetof(struct row, timestamp),
                              offsetof(struct row, close)};
    const hid_t types[] = {H5T_NATIVE_INT32, text, H5T_NATIVE_FLOAT};
    ck_assert_int_ge(H5TBmake_table("theirs", their_file, name, 3, count,
                                    sizeof rows[0], names, offsets, types, 2, NULL,
                                    1, rows),
                     0);
    H5Tclose(text);
}
