// JSON lines into a stock table. jansson's parsing is nine tenths of the time, so
// the rest must stay small: the n-th key of a line is compared with the n-th key of
// the first line before it is searched, and what is said of failures is elsewhere
// (json_line.c).

#include "stocks/stock_table_json.h"
#include "stocks/json_line.h"
#include "stocks/line_reader.h"
#include "stocks/stock_error.h"
#include "stocks/table_builder.h"
#include "stocks/timestamp.h"
#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static const char timestamp_key[] = "timestamp";

// A key of the first line and where its numbers go; column NULL: it is the
// timestamp.
struct json_slot {
    char *key;
    size_t column;
    bool is_timestamp;
};

struct json_reader {
    const char *path;
    struct stock_error *error;
    struct line_reader lines;
    struct table_builder builder;
    struct json_slot *slots; // the first line's keys, in its order
    size_t slot_count;
    size_t line_number;
    const char *line; // borrowed from lines
    size_t length;
};

static int refuse_line(struct json_reader *reader, const json_error_t *failure)
{
    char reason[256];
    size_t column;
    json_line_explain(reader->line, reader->length, failure, reason, sizeof reason,
                      &column);
    return stock_error_set_at(reader->error, reader->path, reader->line_number,
                              column, -EINVAL, "%s", reason);
}

// A sentence about one key: `format` has one %s for the key and one for `detail`.
#define refuse_key(reader, key, format, detail)                                     \
    stock_error_set_at((reader)->error, (reader)->path, (reader)->line_number,      \
                       json_line_column_of((reader)->line, (reader)->length, key),  \
                       -EINVAL, format, key, detail)

static int refuse_value(struct json_reader *reader, const char *key,
                        const json_t *value)
{
    const char *type = json_line_type_name(value);
    if (reader->builder.table->row_count == 0)
        return refuse_key(reader, key, "\"%.60s\" is %s where a number must be",
                          type);
    return refuse_key(reader, key, "the type of \"%.60s\" changed: it is %s", type);
}

static int take_timestamp(struct json_reader *reader, const json_t *value,
                          int64_t *ns)
{
    const struct stock_table *table = reader->builder.table;
    const char *text = json_string_value(value);
    if (!text)
        return refuse_key(reader, timestamp_key, "\"%s\" is %s where text must be",
                          json_line_type_name(value));
    if (!timestamp_parse(text, json_string_length(value), ns))
        return refuse_key(reader, timestamp_key,
                          "\"%s\" is no date and time: \"%.60s\"", text);
    if (table->row_count == 0) return 0;
    int64_t last = table->timestamps_ns[table->row_count - 1];
    if (*ns > last) return 0;
    return refuse_key(reader, timestamp_key, "\"%s\" is %s in the line before",
                      *ns == last ? "the same as" : "earlier than");
}

static int take_number(struct json_reader *reader, const char *key,
                       const json_t *value, double *number)
{
    if (json_is_real(value)) {
        *number = json_real_value(value);
    } else if (json_is_integer(value)) {
        *number = (double)json_integer_value(value);
    } else if (json_is_null(value)) {
        *number = NAN;
    } else {
        return refuse_value(reader, key, value);
    }
    return 0;
}

// The key's slot: the expected one, or wherever it is; NULL if the first line had
// none.
static struct json_slot *find_slot(struct json_reader *reader, size_t expected,
                                   const char *key)
{
    if (expected < reader->slot_count &&
        strcmp(reader->slots[expected].key, key) == 0)
        return &reader->slots[expected];
    for (size_t i = 0; i < reader->slot_count; i++)
        if (strcmp(reader->slots[i].key, key) == 0) return &reader->slots[i];
    return NULL;
}

static int add_slot(struct json_reader *reader, const char *key)
{
    struct json_slot *slot = &reader->slots[reader->slot_count];
    slot->is_timestamp = strcmp(key, timestamp_key) == 0;
    slot->column = reader->builder.table->column_count;
    if (!*key) return refuse_key(reader, key, "the key \"%s\" is %s", "empty");
    slot->key = strdup(key);
    if (!slot->key) return -ENOMEM;
    reader->slot_count++;
    return slot->is_timestamp ? 0 : table_builder_add_column(&reader->builder, key);
}

static int take_first_keys(struct json_reader *reader, json_t *object)
{
    reader->slots = calloc(json_object_size(object) + 1, sizeof *reader->slots);
    if (!reader->slots) return -ENOMEM;
    int status = 0;
    for (void *at = json_object_iter(object); at && status == 0;
         at = json_object_iter_next(object, at))
        status = add_slot(reader, json_object_iter_key(at));
    return status;
}

static int take_row(struct json_reader *reader, json_t *object)
{
    struct stock_table *table = reader->builder.table;
    size_t row = table->row_count, expected = 0;
    bool has_timestamp = false;
    if (json_object_size(object) != reader->slot_count)
        for (size_t i = 0; i < table->column_count; i++)
            table->columns[i][row] = NAN;
    for (void *at = json_object_iter(object); at;
         at = json_object_iter_next(object, at)) {
        const char *key = json_object_iter_key(at);
        const json_t *value = json_object_iter_value(at);
        const struct json_slot *slot = find_slot(reader, expected, key);
        if (!slot)
            return refuse_key(reader, key, "unknown key \"%.60s\": %s has none",
                              "the first line");
        int status = slot->is_timestamp
                         ? take_timestamp(reader, value, &table->timestamps_ns[row])
                         : take_number(reader, key, value,
                                       &table->columns[slot->column][row]);
        if (status < 0) return status;
        has_timestamp |= slot->is_timestamp;
        expected = (size_t)(slot - reader->slots) + 1;
    }
    if (!has_timestamp)
        return stock_error_set_at(reader->error, reader->path, reader->line_number,
                                  1, -EINVAL, "the line has no \"timestamp\"");
    table->row_count++;
    return 0;
}

static int refuse_memory(struct json_reader *reader, int status, const char *what)
{
    return stock_error_set_at(
        reader->error, reader->path, reader->line_number, 1, status, "%s %s", what,
        status == -EFBIG ? "is larger than memory allows" : "finds no memory");
}

static int take_object(struct json_reader *reader, json_t *object)
{
    if (!json_is_object(object))
        return stock_error_set_at(reader->error, reader->path, reader->line_number,
                                  1, -EINVAL, "the line is %s, not an object",
                                  json_line_type_name(object));
    int status = reader->slots ? 0 : take_first_keys(reader, object);
    if (status == 0) status = table_builder_reserve_row(&reader->builder);
    if (status == -ENOMEM || status == -EFBIG)
        return refuse_memory(reader, status, "the table");
    return status < 0 ? status : take_row(reader, object);
}

static int take_line(struct json_reader *reader)
{
    json_error_t failure;
    if (json_line_is_blank(reader->line, reader->length)) return 0;
    json_t *object = json_line_parse(reader->line, reader->length, &failure);
    if (!object)
        return errno == ENOMEM ? refuse_memory(reader, -ENOMEM, "the line")
                               : refuse_line(reader, &failure);
    int status = take_object(reader, object);
    json_decref(object);
    return status;
}

static int take_lines(struct json_reader *reader)
{
    for (;;) {
        reader->line_number++;
        int more = line_reader_next(&reader->lines, &reader->line, &reader->length);
        if (more == 0) return 0;
        if (more == -EFBIG || more == -ENOMEM)
            return refuse_memory(reader, more, "the line");
        if (more < 0)
            return stock_error_set(reader->error, reader->path, more, "%s",
                                   strerror(-more));
        int status = take_line(reader);
        if (status < 0) return status;
    }
}

static int read_file(struct json_reader *reader)
{
    int status =
        line_reader_open(&reader->lines, reader->path, reader->builder.limit_bytes);
    if (status < 0)
        return stock_error_set(reader->error, reader->path, status, "%s",
                               strerror(-status));
    status = take_lines(reader);
    line_reader_close(&reader->lines);
    return status;
}

struct stock_table *stock_table_read_json_within(const char *path,
                                                 size_t limit_bytes,
                                                 struct stock_error *error)
{
    static pthread_once_t prepared = PTHREAD_ONCE_INIT;
    pthread_once(&prepared, json_line_prepare);
    struct json_reader reader = {.path = path, .error = error};
    int status = table_builder_init(&reader.builder, limit_bytes);
    status = status < 0 ? refuse_memory(&reader, status, "the table")
                        : read_file(&reader);
    struct stock_table *table =
        status < 0 ? NULL : table_builder_finish(&reader.builder);
    table_builder_close(&reader.builder);
    for (size_t i = 0; i < reader.slot_count; i++) free(reader.slots[i].key);
    free(reader.slots);
    if (status < 0) errno = -status;
    return table;
}

struct stock_table *stock_table_read_json(const char *path,
                                          struct stock_error *error)
{
    return stock_table_read_json_within(path, 0, error);
}
