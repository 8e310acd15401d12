#ifndef STOCKS_PANDAS_PICKLE_H
#define STOCKS_PANDAS_PICKLE_H

// Lists of names as pandas stores them in attributes: pickled by Python's protocol
// 0, which is text. Internal. Source: pickletools.py of CPython describes every
// letter.

#include <stddef.h>

// [name, ...]. Owned by the caller (free); NULL with errno ENOMEM.
char *pandas_pickle_names(char *const names[], size_t count);

// [(1, [name, ...])], the columns of a frame. Owned by the caller (free); NULL:
// ENOMEM.
char *pandas_pickle_columns(char *const names[], size_t count);

// Where `name` stands in a pickled list of names, or -1.
long pandas_pickle_find(const char *pickle, const char *name);

// The list's names, separated by ", ", for a person. Owned by the caller (free);
// NULL: ENOMEM.
char *pandas_pickle_listing(const char *pickle);

#endif
