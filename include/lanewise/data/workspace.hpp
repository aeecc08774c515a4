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
  // The address of its destructor is taken, so that the destructor needs a name of its own for each set of flags.
  struct owned : aligned_buffer<T> {
    using aligned_buffer<T>::aligned_buffer;
  };
  thread_local owned buffer;
  if (buffer.size() < n) {
    buffer = owned();  // frees before it allocates
    buffer = owned(n, uninitialized);
  }
  return buffer.data();
}

LANEWISE_END_DETAIL
