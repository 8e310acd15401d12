#ifndef STOCK_FOLDER_H
#define STOCK_FOLDER_H

// A folder of its own for a test of the stocks, and files in it. Every failure ends the test.

#include <stddef.h>

// Use as an unchecked fixture's or each test's setup and teardown. remove takes all files in it.
void stock_folder_create(void);
void stock_folder_remove(void);

// NAME's path in the folder, borrowed until the fourth call after this one.
const char *stock_folder_path(const char *name);

// Writes the bytes to the file NAME; its path as above.
const char *stock_folder_write(const char *name, const void *bytes, size_t size);
const char *stock_folder_write_text(const char *name, const char *text);

// The bytes of the file NAME. Owned by the caller (free).
char *stock_folder_read(const char *name, size_t *size);

// How many files the folder has.
size_t stock_folder_count(void);

// HDF5 identifiers open in this process: none, when the stocks are not at work.
void stock_folder_check_no_ids(void);

#endif
