#include "fuzz/shared/archive_maker.h"
#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <stdbool.h>
#include <string.h>

enum { ROOM = 1 << 20, MEMBERS = 32, KINDS = 6, TAR = 1, PAX, GNU, ZIP, FORMATS };

static void format_set(struct archive *archive, unsigned format)
{
    if (format == TAR) archive_write_set_format_ustar(archive);
    if (format == PAX) archive_write_set_format_pax(archive);
    if (format == GNU) archive_write_set_format_gnutar(archive);
    if (format == ZIP) archive_write_set_format_zip(archive);
    if (format != ZIP) archive_write_add_filter_none(archive);
    archive_write_set_bytes_per_block(archive, 512);
}

// Each kind of member: a file, a folder, two kinds of links, a pipe, a device.
static void kind_set(struct archive_entry *entry, unsigned kind, const char *other)
{
    static const unsigned types[KINDS] = {AE_IFREG, AE_IFDIR, AE_IFLNK,
                                          AE_IFREG, AE_IFIFO, AE_IFCHR};
    archive_entry_set_filetype(entry, types[kind]);
    if (kind == 2) archive_entry_set_symlink(entry, other);
    if (kind == 3) archive_entry_set_hardlink(entry, other);
}

static void member_add(struct archive *archive, struct parts *parts)
{
    static const char content[8192];
    char name[400], other[64];
    struct archive_entry *entry = archive_entry_new();
    unsigned kind = parts_number(parts, KINDS);
    parts_text(parts, name, sizeof name);
    // libarchive's writer reads before the start of a name that is a root and nothing more.
    bool is_root = *name == '/' && !name[strspn(name, "/.")];
    archive_entry_set_pathname(entry, is_root ? "/root" : name);
    kind_set(entry, kind, parts_text(parts, other, sizeof other));
    size_t size = kind == 0 ? parts_number(parts, 255) * 32 : 0;
    bool is_sparse = kind == 0 && parts_number(parts, 16) == 15;
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, is_sparse ? (int64_t)size << 8 : (int64_t)size);
    if (is_sparse) archive_entry_sparse_add_entry(entry, 0, (int64_t)size);
    if (archive_write_header(archive, entry) == ARCHIVE_OK)
        archive_write_data(archive, content, size);
    archive_entry_free(entry);
}

const char *archive_make(struct parts *parts)
{
    static char bytes[ROOM];
    size_t used = 0;
    unsigned format = parts_number(parts, FORMATS);
    if (format == 0) return input_file(parts->bytes, parts->size);
    struct archive *archive = archive_write_new();
    if (!archive) abort();
    format_set(archive, format);
    archive_write_open_memory(archive, bytes, sizeof bytes, &used);
    for (int i = 0; parts->size && i < MEMBERS; i++) member_add(archive, parts);
    archive_write_close(archive);
    archive_write_free(archive);
    return input_file(bytes, used);
}
