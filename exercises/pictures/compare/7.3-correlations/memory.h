#ifndef PICTURES_MEMORY_H
#define PICTURES_MEMORY_H

// The memory of this process and of all that it forked, as proportional set size: a page that
// several of them share counts once, a part for each. In KiB; 0 where the kernel does not say.
long memory_of_all_kib(void);

#endif
