#include "allocation_counter.h"

#include <errno.h>
#include <stdint.h>

#if defined(__APPLE__)

#include <pthread.h>

// libmalloc calls this hook, when it is set, with every event of every zone.
// Its type is that of libmalloc's stack_logging.h, where 2 marks an
// allocation; a reallocation is 2 | 4.
typedef void logger_function(uint32_t type, uintptr_t a, uintptr_t b,
                             uintptr_t c, uintptr_t result, uint32_t skipped);
extern logger_function *malloc_logger;

// Not _Thread_local: dyld allocates such a variable when a thread first
// touches it, from inside the hook. A key's value lies in the thread itself.
static pthread_key_t key;

static void count_event(uint32_t type, uintptr_t a, uintptr_t b, uintptr_t c,
                        uintptr_t result, uint32_t skipped) {
  (void)a, (void)b, (void)c, (void)result, (void)skipped;
  if (type & 2)
    pthread_setspecific(key, (char *)pthread_getspecific(key) + 1);
}

__attribute__((constructor)) static void install(void) {
  pthread_key_create(&key, NULL);
  malloc_logger = count_event;
}

size_t allocation_count(void) { return (size_t)pthread_getspecific(key); }

#else

// The dynamic linker takes a function of the program before a library's, so
// these stand in front of glibc's in every library of the process. They
// forward to the names that glibc keeps for this purpose, which is why its
// `free` can stay as it is.
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *block, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

static _Thread_local size_t allocations;

size_t allocation_count(void) { return allocations; }

void *malloc(size_t size) {
  allocations++;
  return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
  allocations++;
  return __libc_calloc(count, size);
}

void *realloc(void *block, size_t size) {
  allocations++;
  return __libc_realloc(block, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  allocations++;
  return __libc_memalign(alignment, size);
}

void *memalign(size_t alignment, size_t size) {
  allocations++;
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **block, size_t alignment, size_t size) {
  if (alignment % sizeof(void *) != 0 || alignment == 0 ||
      (alignment & (alignment - 1)) != 0)
    return EINVAL;
  allocations++;
  void *result = __libc_memalign(alignment, size);
  if (result == NULL) return ENOMEM;
  *block = result;
  return 0;
}

#endif
