// SPDX-License-Identifier: MIT
#pragma once
// A buffer between two pages that may not be touched: one element read or written outside ends the test with a fault.

#include <cstddef>
#include <cstring>
#include <new>
#include <span>

#if defined(__unix__) || defined(__APPLE__)
#include <sys/mman.h>
#include <unistd.h>
#define LANEWISE_TESTS_HAVE_GUARD_PAGES 1
#else
#include <stdexcept>
#include <vector>
#define LANEWISE_TESTS_HAVE_GUARD_PAGES 0
#endif

namespace lanewise_tests {

/// Room for `capacity` elements of T. last(n) ends right at the page behind it, first(n) begins right behind the page
/// before it; so both ends of any length are guarded. Where pages cannot be protected, canaries stand there instead,
/// and the destructor throws if one was written to.
template <class T>
class guarded {
 public:
  explicit guarded(std::size_t capacity) : bytes_(capacity * sizeof(T)) {
#if LANEWISE_TESTS_HAVE_GUARD_PAGES
    page_ = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    inner_ = (bytes_ + page_ - 1) / page_ * page_;
    void* p = mmap(nullptr, inner_ + 2 * page_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (p == MAP_FAILED) throw std::bad_alloc();
    base_ = static_cast<unsigned char*>(p);
    if (mprotect(base_, page_, PROT_NONE) != 0 || mprotect(base_ + page_ + inner_, page_, PROT_NONE) != 0) {
      throw std::bad_alloc();
    }
#else
    page_ = 4096;
    inner_ = bytes_;
    storage_.assign(inner_ + 2 * page_, canary);
    base_ = storage_.data();
#endif
  }
  guarded(const guarded&) = delete;
  guarded& operator=(const guarded&) = delete;

#if LANEWISE_TESTS_HAVE_GUARD_PAGES
  ~guarded() { munmap(base_, inner_ + 2 * page_); }
#else
  ~guarded() noexcept(false) {
    for (std::size_t i = 0; i < page_; ++i) {
      if (base_[i] != canary || base_[page_ + inner_ + i] != canary) {
        throw std::runtime_error("written outside a guarded buffer");
      }
    }
  }
#endif

  /// n elements, the first right behind the guard page in front.
  std::span<T> first(std::size_t n) { return {reinterpret_cast<T*>(base_ + page_), n}; }

  /// n elements, the last right in front of the guard page behind.
  std::span<T> last(std::size_t n) { return {reinterpret_cast<T*>(base_ + page_ + inner_) - n, n}; }

 private:
  std::size_t bytes_;
  std::size_t page_;
  std::size_t inner_;
  unsigned char* base_;
#if !LANEWISE_TESTS_HAVE_GUARD_PAGES
  static constexpr unsigned char canary = 0xA5;
  std::vector<unsigned char> storage_;
#endif
};

}  // namespace lanewise_tests
