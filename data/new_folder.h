#ifndef NEW_FOLDER_H
#define NEW_FOLDER_H

// A folder that appears under its name complete or not at all: it is filled under
// another name beside it, and then renamed.
//
//     struct new_folder folder;
//     int status = new_folder_create(&folder, "data/daily-stock");
//     ... open files with openat(folder.descriptor, ...) ...
//     status = new_folder_publish(&folder);   // or new_folder_discard(&folder)

#include <limits.h>

struct new_folder {
    char path[PATH_MAX];           // where it shall stand
    char temporary_path[PATH_MAX]; // where it is filled
    int descriptor;
};

// Makes the empty folder beside path, whose parent folder exists. Ended by publish
// or discard. 0, or a negative errno: -EEXIST where something has that name,
// -ENAMETOOLONG, ...
int new_folder_create(struct new_folder *folder, const char *path);

// Opens a new file in the folder for writing. A descriptor (close), or a negative
// errno: -EEXIST where the file is there.
int new_folder_open(const struct new_folder *folder, const char *file_name);

// Gives the folder its name. 0, or a negative errno, and then the folder is gone:
// -EEXIST where another folder of this name has appeared meanwhile.
int new_folder_publish(struct new_folder *folder);

// Removes the folder with the files in it.
void new_folder_discard(struct new_folder *folder);

#endif
