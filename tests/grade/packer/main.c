// Packs a folder into an archive, the same bytes from the same files: names in order, no times, no
// owners.
//
//     packer ARCHIVE FOLDER        ARCHIVE ends in .zip or .tar.gz

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// Of the times that a zip file can say the first, so that nobody takes it for a date.
enum { NO_TIME = 315532800 };

static int by_name(const FTSENT **a, const FTSENT **b)
{
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

static bool content_add(struct archive *archive, const char *path)
{
    char bytes[1 << 16];
    ssize_t size;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return false;
    while ((size = read(fd, bytes, sizeof bytes)) > 0)
        if (archive_write_data(archive, bytes, (size_t)size) < 0) {
            errno = EIO;
            size = -1;
            break;
        }
    close(fd);
    return size == 0;
}

static bool file_add(struct archive *archive, const FTSENT *file, const char *name)
{
    struct archive_entry *entry = archive_entry_new();
    bool is_program = file->fts_statp->st_mode & S_IXUSR;
    archive_entry_set_pathname(entry, name);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, is_program ? 0755 : 0644);
    archive_entry_set_size(entry, file->fts_statp->st_size);
    archive_entry_set_mtime(entry, NO_TIME, 0);
    bool is_added = archive_write_header(archive, entry) == ARCHIVE_OK &&
                    content_add(archive, file->fts_accpath);
    archive_entry_free(entry);
    return is_added;
}

static bool folder_add(struct archive *archive, char *folder)
{
    char *const roots[] = {folder, NULL};
    size_t length = strlen(folder);
    FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, by_name);
    bool is_good = tree != NULL;
    for (FTSENT *file; is_good && (file = fts_read(tree));)
        if (file->fts_info == FTS_F)
            is_good = file_add(archive, file, file->fts_path + length + 1);
    if (tree) fts_close(tree);
    return is_good;
}

static bool archive_begin(struct archive *archive, const char *path)
{
    size_t length = strlen(path);
    bool is_zip = length > 4 && strcmp(path + length - 4, ".zip") == 0;
    if (is_zip) {
        archive_write_set_format_zip(archive);
    } else {
        archive_write_set_format_ustar(archive);
        archive_write_add_filter_gzip(archive);
        archive_write_set_filter_option(archive, "gzip", "timestamp", NULL);
    }
    return archive_write_open_filename(archive, path) == ARCHIVE_OK;
}

int main(int count, char *words[])
{
    if (count != 3) {
        fprintf(stderr, "usage: packer ARCHIVE FOLDER\n");
        return 2;
    }
    struct archive *archive = archive_write_new();
    bool is_good = archive_begin(archive, words[1]) &&
                   folder_add(archive, words[2]) &&
                   archive_write_close(archive) == ARCHIVE_OK;
    const char *why = archive_error_string(archive);
    if (!is_good) fprintf(stderr, "%s: %s\n", words[1], why ? why : strerror(errno));
    archive_write_free(archive);
    return is_good ? 0 : 1;
}
