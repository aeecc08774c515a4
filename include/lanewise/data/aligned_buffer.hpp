// SPDX-License-Identifier: MIT
#pragma once
// Owning memory for numbers, aligned for every vector. Includes <new>, <span> and <stdexcept>.

#include <cstddef>
#include <cstring>
#include <new>
#include <span>
#include <type_traits>
#include <utility>

#include "lanewise/config/macros.hpp"
#include "lanewise/config/memory.hpp"
#include "lanewise/data/detail/checks.hpp"
#include "lanewise/data/owner_mark.hpp"

namespace lanewise {

/// Alignment of every buffer: the largest vector, and a cache line.
inline constexpr std::size_t buffer_alignment = 64;

/// Says that new memory need not be zeroed, because all of it will be written before it is read.
struct uninitialized_t {
  explicit uninitialized_t() = default;
};
inline constexpr uninitialized_t uninitialized{};

}  // namespace lanewise

LANEWISE_BEGIN_DETAIL

/// Buffers from this size on are aligned to a huge page, and the system is asked to use such pages.
inline constexpr std::size_t huge_buffer_bytes = 2 * huge_page_bytes;

constexpr std::align_val_t alignment_for(std::size_t bytes) {
  return std::align_val_t{bytes >= huge_buffer_bytes ? huge_page_bytes : buffer_alignment};
}

inline void* allocate(std::size_t bytes) {
  void* memory = ::operator new(bytes, alignment_for(bytes));
  if (bytes >= huge_buffer_bytes) {
    advise_huge_pages(memory, bytes);
  }
  return memory;
}

inline void deallocate(void* memory, std::size_t bytes) noexcept { ::operator delete(memory, alignment_for(bytes)); }

LANEWISE_END_DETAIL

namespace lanewise {

/// Memory for n elements, owned and movable, not copyable.
///
/// Elements: any trivially copyable type. Alignment: `buffer_alignment`; from 4 MiB on that of a
/// huge page. Nothing is allocated for n = 0, and no byte behind the n elements belongs to the
/// buffer. Errors: std::length_error if n elements exceed the address space, std::bad_alloc.
///
///   lanewise::aligned_buffer<float> x(1000);  // zeros; x[0] == 0, std::span<float>(x).size() ==
///   1000
template <class T>
class aligned_buffer {
  static_assert(std::is_trivially_copyable_v<T> && !std::is_const_v<T>,
                "aligned_buffer<T> holds numbers and other trivially copyable types");
  static_assert(alignof(T) <= buffer_alignment);

 public:
  using value_type = T;

  LANEWISE_INLINE aligned_buffer() noexcept {}

  /// n elements of which every byte is zero.
  LANEWISE_INLINE explicit aligned_buffer(std::size_t n) : aligned_buffer(n, uninitialized) {
    if (size_ != 0) {
      std::memset(static_cast<void*>(data_), 0, size_ * sizeof(T));
    }
  }

  /// n elements that are not initialised.
  LANEWISE_INLINE aligned_buffer(std::size_t n, uninitialized_t) {
    if (n > detail::max_bytes / sizeof(T)) {
      detail::throw_too_long(n, sizeof(T));
    }
    if (n != 0) {
      data_ = static_cast<T*>(detail::allocate(n * sizeof(T)));
      size_ = n;
      token_.take();
    }
  }

  /// The source is empty afterwards; pointers into the memory stay valid.
  LANEWISE_INLINE aligned_buffer(aligned_buffer&& other) noexcept
      : data_(other.data_), size_(other.size_), token_(other.token_) {
    other.forget();
  }
  LANEWISE_INLINE aligned_buffer& operator=(aligned_buffer&& other) noexcept {
    if (this != &other) {
      release();
      data_ = other.data_;
      size_ = other.size_;
      token_ = other.token_;
      other.forget();
    }
    return *this;
  }
  aligned_buffer(const aligned_buffer&) = delete;
  aligned_buffer& operator=(const aligned_buffer&) = delete;

  LANEWISE_INLINE ~aligned_buffer() { release(); }

  LANEWISE_INLINE T* data() noexcept { return data_; }
  LANEWISE_INLINE const T* data() const noexcept { return data_; }
  LANEWISE_INLINE std::size_t size() const noexcept { return size_; }
  [[nodiscard]] LANEWISE_INLINE bool empty() const noexcept { return size_ == 0; }

  LANEWISE_INLINE T* begin() noexcept { return data_; }
  LANEWISE_INLINE T* end() noexcept { return data_ + size_; }
  LANEWISE_INLINE const T* begin() const noexcept { return data_; }
  LANEWISE_INLINE const T* end() const noexcept { return data_ + size_; }

  LANEWISE_INLINE T& operator[](std::size_t i) noexcept { return data_[i]; }
  LANEWISE_INLINE const T& operator[](std::size_t i) const noexcept { return data_[i]; }

  /// Implicit, so that a buffer can stand wherever a span is asked for.
  LANEWISE_INLINE operator std::span<T>() noexcept { return {data_, size_}; }
  LANEWISE_INLINE operator std::span<const T>() const noexcept { return {data_, size_}; }

  /// What debug builds put into views of this memory.
  LANEWISE_INLINE owner_mark mark() const noexcept { return token_.mark(); }

 private:
  LANEWISE_INLINE void release() noexcept {
    if (data_ != nullptr) {
      token_.end();
      detail::deallocate(data_, size_ * sizeof(T));
    }
  }
  LANEWISE_INLINE void forget() noexcept {
    data_ = nullptr;
    size_ = 0;
    token_ = {};
  }

  T* data_ = nullptr;
  std::size_t size_ = 0;
  owner_token token_{};
};

}  // namespace lanewise
