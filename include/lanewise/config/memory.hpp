// SPDX-License-Identifier: MIT
#pragma once
// What the operating system offers for memory. Includes <sys/mman.h> on Linux, nothing elsewhere.

#include <cstddef>
#include <cstdint>

#include "lanewise/config/macros.hpp"

#ifdef __linux__
#include <sys/mman.h>
#endif

LANEWISE_BEGIN_NAMESPACE

/// Size of a huge page: memory aligned to it can be backed by huge pages from its first byte.
inline constexpr std::size_t huge_page_bytes = std::size_t{1} << 21;

/// Asks the system to back the memory with huge pages (fewer TLB misses in large matrices). A hint:
/// the contents stay as they are, a refusal is ignored, and on systems without such a call nothing
/// happens.
inline void advise_huge_pages([[maybe_unused]] void* memory, [[maybe_unused]] std::size_t bytes) noexcept {
#if defined(__linux__) && defined(MADV_HUGEPAGE)
  // madvise wants whole pages. 64 KiB is a multiple of every page size that Linux uses on the
  // supported CPUs.
  constexpr std::uintptr_t page = std::uintptr_t{1} << 16;
  const auto first = (reinterpret_cast<std::uintptr_t>(memory) + page - 1) / page * page;
  const auto last = (reinterpret_cast<std::uintptr_t>(memory) + bytes) / page * page;
  if (first < last) {
    (void)::madvise(reinterpret_cast<void*>(first), last - first, MADV_HUGEPAGE);
  }
#endif
}

LANEWISE_END_NAMESPACE
