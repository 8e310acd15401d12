#ifndef GRADE_UNPACK_H
#define GRADE_UNPACK_H

// An archive of submissions (.zip, .7z, .tar, .tar.gz, .xz, .bz2, .zst) as a folder.
// What is in it may come from anybody: only plain files and folders are made, below the new
// folder, each file cut where it is longer than any that will be taken; links, devices, paths that
// are absolute or lead out, and what begins with a dot are left out.

// Unpacks into a folder that is there and empty. 0, or a negative errno with a sentence in text
// (size bytes): -EINVAL (no archive, or damaged), -E2BIG (too many files), -EFBIG (they are far
// too large for the archive).
int unpack(const char *archive, const char *folder, char *text, unsigned long size);

#endif
