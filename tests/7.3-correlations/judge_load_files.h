#ifndef JUDGE_LOAD_FILES_H
#define JUDGE_LOAD_FILES_H

// The HDF5 files that load_series is given, and what is in them: four, each of which lacks some
// days and has no number on some others, and one that is no table.

#include <stdbool.h>
#include <stdint.h>

enum { LOAD_FILES = 4, LOAD_DAYS = 24, LOAD_FOLDER_SIZE = 64, LOAD_PATH_SIZE = 128 };

extern const char *const load_file_names[LOAD_FILES]; // without .h5

// Writes them into a new folder, with other numbers each time, and broken.h5 beside them. Its
// name in folder, the caller's to remove (folder_remove). 0 or a negative errno.
int load_files_write(char folder[LOAD_FOLDER_SIZE]);

// The number of the file at that path, or -1.
int load_file_of(const char *path);

// Has file k that day, and a number on it?
bool load_file_has(int k, int day);

// The number: column 0 is open, 1 is close. And the day's moment, since 1970.
double load_file_value(int k, int column, int day);
int64_t load_file_moment_ns(int day);

#endif
