// Counts heap allocations, for the tests that say "this allocates nothing".
#ifndef ALLOCATION_COUNTER_H
#define ALLOCATION_COUNTER_H

#include <stddef.h>

// How many heap blocks the calling thread has asked for since it started.
//
// Per thread, because tests run beside one another in one process.
size_t allocation_count(void);

#endif
