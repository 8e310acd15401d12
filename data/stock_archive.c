// Reads an archive member by member. A path in it is only ever looked at: what is
// written are plain new files of the last part of the path, in one new folder.

#include "stock_archive.h"
#include "new_folder.h"
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const int64_t MOST_BYTES = (int64_t)8 << 30;

// What is known while an archive is read.
struct extraction {
    struct archive *archive;
    struct new_folder folder;
    int64_t bytes;
    int file_count;
    const char *archive_path;
    struct archive_error *error;
};

// Names in an archive may be commands to a terminal, where the sentence is shown.
static void make_printable(char *text)
{
    for (unsigned char *at = (unsigned char *)text; *at; at++) {
        bool is_command = *at < ' ' || *at == 0x7f;
        if (is_command || (at[0] == 0xc2 && at[1] >= 0x80 && at[1] < 0xa0))
            *at = '?';
    }
}

__attribute__((format(printf, 3, 4))) static int fail(
    const struct extraction *extraction, int status, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(extraction->error->text, sizeof extraction->error->text, format,
              arguments);
    va_end(arguments);
    make_printable(extraction->error->text);
    return status;
}

static bool has_dot_dot(const char *path)
{
    while (*path) {
        size_t length = strcspn(path, "/");
        if (length == 2 && strncmp(path, "..", 2) == 0) return true;
        path += length;
        path += strspn(path, "/");
    }
    return false;
}

// What must not be in an archive, as the end of a sentence; NULL: the member may be
// read.
static const char *danger_of(struct archive_entry *entry, const char *path)
{
    if (path[0] == '/') return "has an absolute path";
    if (has_dot_dot(path)) return "leads out of the folder";
    if (archive_entry_hardlink(entry) || archive_entry_filetype(entry) == AE_IFLNK)
        return "is a link";
    if (archive_entry_filetype(entry) != AE_IFREG &&
        archive_entry_filetype(entry) != AE_IFDIR)
        return "is a device or a pipe";
    return NULL;
}

// NAME.json, and not the hidden companions that some systems add.
static bool is_stock_file(struct archive_entry *entry, const char *name)
{
    size_t length = strlen(name);
    return archive_entry_filetype(entry) == AE_IFREG && name[0] != '.' &&
           length > strlen(".json") &&
           strcmp(name + length - strlen(".json"), ".json") == 0;
}

static int write_all(int file, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t written = write(file, bytes, size);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return -errno;
        bytes += written;
        size -= (size_t)written;
    }
    return 0;
}

// Copies the member that was just read to an open file.
static int copy_content(struct extraction *extraction, int file, const char *name)
{
    char bytes[1 << 16];
    la_ssize_t size;
    while ((size = archive_read_data(extraction->archive, bytes, sizeof bytes)) >
           0) {
        int status = write_all(file, bytes, (size_t)size);
        if (status < 0)
            return fail(extraction, status, "%s could not be written: %s.", name,
                        strerror(-status));
    }
    if (size < 0)
        return fail(extraction, -EINVAL, "%s is damaged in %s: %s.",
                    extraction->archive_path, name,
                    archive_error_string(extraction->archive));
    return 0;
}

static int extract_file(struct extraction *extraction, int64_t size,
                        const char *name)
{
    if (size > MOST_BYTES - extraction->bytes)
        return fail(extraction, -EFBIG, "%s holds more than %lld GiB.",
                    extraction->archive_path, (long long)(MOST_BYTES >> 30));
    extraction->bytes += size;
    extraction->file_count++;

    int file = new_folder_open(&extraction->folder, name);
    if (file == -EEXIST)
        return fail(extraction, -EINVAL, "%s holds %s twice.",
                    extraction->archive_path, name);
    if (file < 0)
        return fail(extraction, file, "%s could not be made: %s.", name,
                    strerror(-file));
    int status = copy_content(extraction, file, name);
    if (close(file) < 0 && status == 0)
        status = fail(extraction, -errno, "%s could not be written: %s.", name,
                      strerror(errno));
    return status;
}

static int extract_member(struct extraction *extraction, struct archive_entry *entry)
{
    const char *path = archive_entry_pathname(entry);
    if (!path) path = archive_entry_pathname_utf8(entry);
    if (!path)
        return fail(extraction, -EINVAL, "%s holds a file without a readable name.",
                    extraction->archive_path);
    const char *danger = danger_of(entry, path);
    if (danger)
        return fail(extraction, -EINVAL, "%s is not extracted: %s in it %s.",
                    extraction->archive_path, path, danger);
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    if (!is_stock_file(entry, name)) return 0;
    return extract_file(extraction, archive_entry_size(entry), name);
}

static int extract_members(struct extraction *extraction)
{
    struct archive_entry *entry;
    int found;
    while ((found = archive_read_next_header(extraction->archive, &entry)) ==
               ARCHIVE_OK ||
           found == ARCHIVE_WARN) {
        int status = extract_member(extraction, entry);
        if (status < 0) return status;
    }
    if (found != ARCHIVE_EOF)
        return fail(extraction, -EINVAL, "%s is damaged: %s.",
                    extraction->archive_path,
                    archive_error_string(extraction->archive));
    if (extraction->file_count == 0)
        return fail(extraction, -EINVAL, "%s holds no NAME.json.",
                    extraction->archive_path);
    return 0;
}

// Fills the new folder and gives it its name.
static int extract_to(struct extraction *extraction, const char *folder_path)
{
    int status = new_folder_create(&extraction->folder, folder_path);
    if (status == 0) {
        status = extract_members(extraction);
        if (status < 0) {
            new_folder_discard(&extraction->folder);
            return status;
        }
        status = new_folder_publish(&extraction->folder);
    }
    if (status < 0)
        return fail(extraction, status, "%s could not be made: %s.", folder_path,
                    strerror(-status));
    return 0;
}

int stock_archive_extract(const char *archive_path, const char *folder_path,
                          struct archive_error *error)
{
    struct extraction extraction = {
        .archive = archive_read_new(), .archive_path = archive_path, .error = error};
    if (!extraction.archive) return fail(&extraction, -ENOMEM, "Out of memory.");

    int status = 0;
    archive_read_support_filter_gzip(extraction.archive);
    archive_read_support_format_tar(extraction.archive);
    if (archive_read_open_filename(extraction.archive, archive_path, 1 << 16) !=
        ARCHIVE_OK)
        status = fail(&extraction, -EINVAL, "%s could not be read: %s.",
                      archive_path, archive_error_string(extraction.archive));
    else
        status = extract_to(&extraction, folder_path);
    archive_read_free(extraction.archive);
    return status;
}
