#include "grade/unpack.h"
#include "grade/text.h"
#include "judge/clean_text.h"
#include "judge/durable_file.h"
#include "judge/importer.h"
#include "judge/bytes_write.h"
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MEMBERS_LIMIT = 200000 };

// Programs and texts shrink to a tenth; what grows a hundredfold was made to fill the disk.
static const int64_t LEAST_ROOM = (int64_t)64 << 20;
static const int64_t MOST_GROWTH = 100;

// Is every part of the path a name that may be made?
static bool is_harmless(const char *path)
{
    if (!*path || *path == '/') return false;
    while (*path) {
        size_t length = strcspn(path, "/");
        if (*path == '.' || length > 255 || strncmp(path, "__MACOSX", 8) == 0)
            return false;
        path += length;
        path += strspn(path, "/");
    }
    return true;
}

// A file that is one byte too long is known to be too long; more of it is of no use.
static int content_copy(struct archive *archive, const char *path, int64_t *room)
{
    static char bytes[IMPORT_LIMIT + 1];
    size_t size = 0;
    la_ssize_t part = 0;
    while (size < sizeof bytes &&
           (part = archive_read_data(archive, bytes + size, sizeof bytes - size)) >
               0)
        size += (size_t)part;
    if (part < 0) return -EINVAL;
    *room -= (int64_t)size;
    if (*room < 0) return -EFBIG;
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0644);
    if (fd < 0) return -errno;
    int status = bytes_write(fd, bytes, size);
    if (close(fd) < 0 && !status) status = -errno;
    return status;
}

static int member_unpack(struct archive *archive, struct archive_entry *entry,
                         const char *folder, int64_t *room)
{
    const char *name = archive_entry_pathname(entry);
    while (name && strncmp(name, "./", 2) == 0) name += 2;
    mode_t kind = archive_entry_filetype(entry);
    bool is_wanted = kind == AE_IFREG || kind == AE_IFDIR;
    if (!name || !is_harmless(name) || !is_wanted || archive_entry_hardlink(entry))
        return 0;
    char *path = text_format("%s/%s", folder, name);
    char *slash = strrchr(path, '/');
    if (kind == AE_IFREG) *slash = '\0';
    int status = durable_folder_make(path);
    if (kind == AE_IFREG) {
        *slash = '/';
        if (!status) status = content_copy(archive, path, room);
    }
    free(path);
    // a file where a folder would stand, or a name that this disk cannot have
    bool is_odd = status == -ENOTDIR || status == -EISDIR || status == -ENAMETOOLONG;
    return is_odd ? 0 : status;
}

static int members_unpack(struct archive *archive, const char *folder, int64_t room)
{
    struct archive_entry *entry;
    int found, status = 0;
    for (unsigned count = 0; !status; count++) {
        found = archive_read_next_header(archive, &entry);
        if (found == ARCHIVE_EOF) return 0;
        if (found < ARCHIVE_WARN) return -EINVAL;
        if (count == MEMBERS_LIMIT) return -E2BIG;
        status = member_unpack(archive, entry, folder, &room);
    }
    return status;
}

int unpack(const char *archive_path, const char *folder, char *text,
           unsigned long size)
{
    struct stat what;
    struct archive *archive = archive_read_new();
    if (!archive) return -ENOMEM;
    int64_t room = LEAST_ROOM;
    if (stat(archive_path, &what) == 0) room += MOST_GROWTH * what.st_size;
    // not all that libarchive knows: some formats name files of this machine, some filters run
    // programs
    archive_read_support_filter_gzip(archive);
    archive_read_support_filter_bzip2(archive);
    archive_read_support_filter_xz(archive);
    archive_read_support_filter_zstd(archive);
    archive_read_support_format_tar(archive);
    archive_read_support_format_zip(archive);
    archive_read_support_format_7zip(archive);
    int status =
        archive_read_open_filename(archive, archive_path, 1 << 16) == ARCHIVE_OK
            ? members_unpack(archive, folder, room)
            : -EINVAL;
    const char *why = archive_error_string(archive);
    if (status) {
        snprintf(text, size, "%s cannot be unpacked: %s", archive_path,
                 status == -EINVAL && why ? why : strerror(-status));
        text_clean(text); // libarchive's words may hold names from the archive
    }
    archive_read_free(archive);
    return status;
}
