#ifndef STOCKS_LINE_READER_H
#define STOCKS_LINE_READER_H

// The lines of a file, whatever their length, without a copy: each stands in the
// reader's block until the next is asked for. The file is read once, in order, so a
// pipe will do. Internal.

#include <stdbool.h>
#include <stddef.h>

struct line_reader {
    int fd;
    char *block;
    size_t capacity; // of the block
    size_t begin;    // of what has been read and not yet returned
    size_t end;
    size_t max_length; // of a line
    bool at_end;       // the file has nothing more
};

// max_length 0: what the machine's memory allows, asked at the first long line.
int line_reader_open(struct line_reader *reader, const char *path,
                     size_t max_length);
void line_reader_close(struct line_reader *reader);

// The next line without its newline, borrowed until the next call. 1, 0 (no more
// lines), or a negative errno. -EFBIG: the line is longer than max_length.
int line_reader_next(struct line_reader *reader, const char **line, size_t *length);

#endif
