// Reading by blocks that stay in the processor's cache; a line is searched with memchr where
// it stands. A line that the block cuts is moved to the block's front.

#include "stocks/line_reader.h"
#include "stocks/memory_budget.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const size_t first_capacity = 32 * 1024;

int line_reader_open(struct line_reader *reader, const char *path, size_t max_length)
{
    *reader = (struct line_reader){.fd = -1, .max_length = max_length};
    reader->block = malloc(first_capacity);
    if (!reader->block) return -ENOMEM;
    reader->capacity = first_capacity;
    reader->fd = open(path, O_RDONLY | O_CLOEXEC);
    if (reader->fd >= 0) return 0;
    int status = -errno;
    line_reader_close(reader);
    return status;
}

void line_reader_close(struct line_reader *reader)
{
    if (reader->fd >= 0) close(reader->fd);
    free(reader->block);
    *reader = (struct line_reader){.fd = -1};
}

// What a line of JSON takes while it is a json_t, at most about, for each of its
// bytes.
static const size_t json_bytes_per_byte = 24;

static bool is_allowed(struct line_reader *reader, size_t length)
{
    if (reader->max_length == 0 && length >= first_capacity)
        reader->max_length = memory_budget_bytes() / json_bytes_per_byte;
    return reader->max_length == 0 || length <= reader->max_length;
}

// Room behind what is there: by moving it to the front, or by a block twice as
// large.
static int make_room(struct line_reader *reader)
{
    size_t kept = reader->end - reader->begin;
    if (reader->begin > 0) {
        memmove(reader->block, reader->block + reader->begin, kept);
    } else if (kept == reader->capacity) {
        if (!is_allowed(reader, kept)) return -EFBIG;
        char *block = realloc(reader->block, reader->capacity * 2);
        if (!block) return -ENOMEM;
        reader->block = block;
        reader->capacity *= 2;
    }
    reader->begin = 0;
    reader->end = kept;
    return 0;
}

static int read_more(struct line_reader *reader)
{
    int status = make_room(reader);
    if (status < 0) return status;
    ssize_t got;
    do {
        got = read(reader->fd, reader->block + reader->end,
                   reader->capacity - reader->end);
    } while (got < 0 && errno == EINTR);
    if (got < 0) return -errno;
    reader->at_end = got == 0;
    reader->end += (size_t)got;
    return 0;
}

int line_reader_next(struct line_reader *reader, const char **line, size_t *length)
{
    size_t searched = 0; // of the line's beginning: no newline in there
    for (;;) {
        char *begin = reader->block + reader->begin;
        size_t kept = reader->end - reader->begin;
        char *newline = memchr(begin + searched, '\n', kept - searched);
        if (newline || (reader->at_end && kept > 0)) {
            *line = begin;
            *length = newline ? (size_t)(newline - begin) : kept;
            reader->begin += *length + (newline ? 1 : 0);
            return is_allowed(reader, *length) ? 1 : -EFBIG;
        }
        if (reader->at_end) return 0;
        searched = kept;
        int status = read_more(reader);
        if (status < 0) return status;
    }
}
