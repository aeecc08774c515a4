// SPDX-License-Identifier: MIT
#pragma once
// Memory that a kernel needs only while it runs, kept by each thread so that repeated calls do not
// allocate.

#include <cstddef>

#include "lanewise/config/macros.hpp"
#include "lanewise/data/aligned_buffer.hpp"

LANEWISE_BEGIN_DETAIL

/// At least n elements of T for the calling thread, 64-byte aligned, not initialised; they keep
/// their place until the next call with the same Purpose and T in that thread, and are freed when
/// the thread ends. Throws std::bad_alloc.
template <class Purpose, class T>
T* workspace(std::size_t n) {
  // The address of the destructor is taken, so it needs a name of its own for each set of flags. A member, not a base:
  // clang lets a destructor that only calls the base's be that one.
  struct owned {
    aligned_buffer<T> memory;
  };
  thread_local owned buffer;
  if (buffer.memory.size() < n) {
    buffer.memory = aligned_buffer<T>();  // frees before it allocates
    buffer.memory = aligned_buffer<T>(n, uninitialized);
  }
  return buffer.memory.data();
}

LANEWISE_END_DETAIL
