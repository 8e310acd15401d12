#ifndef STOCK_ARCHIVE_H
#define STOCK_ARCHIVE_H

// Stock data out of an archive (.tgz): its files NAME.json, whatever folder they are
// in there, become the files of a new folder.
//
//     struct archive_error error;
//     if (stock_archive_extract("daily-stock.tgz", "daily-stock", &error) < 0)
//         fprintf(stderr, "%s\n", error.text);
//
// The archive may come from anybody. One that holds an absolute path, a "..", a link
// or a device is refused as a whole.

// Why a call failed, as one sentence.
struct archive_error {
    char text[512];
};

// Makes the folder, complete or not at all. Hidden files and such of other names are
// left out. 0, or a negative errno: -EEXIST (something has the folder's name),
// -EINVAL (no such archive, unsafe, or without a NAME.json), -EFBIG (more than 8
// GiB), or of the file system.
int stock_archive_extract(const char *archive_path, const char *folder_path,
                          struct archive_error *error);

#endif
