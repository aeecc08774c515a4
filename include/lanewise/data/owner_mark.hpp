// SPDX-License-Identifier: MIT
#pragma once
// How a debug build notices that a view has outlived the memory it looks at. Includes <atomic>.
//
// In a debug build (NDEBUG not defined) each owner of memory takes a cell of a fixed table and
// makes its count odd; the owner's views remember the cell and the count; when the memory is freed
// the count goes up to the next even number, and so no longer agrees with what the views remember.
// In a release build no cell is taken and nothing is compared. The types have the same members in
// both, so that debug and release objects can exchange views and owners.

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "lanewise/config/macros.hpp"

LANEWISE_BEGIN_DETAIL

/// Whether this build checks each access through a view. A part of the namespace's name, so never
/// two values in one.
#ifdef NDEBUG
inline constexpr bool checked_access = false;
#else
inline constexpr bool checked_access = true;
#endif

LANEWISE_END_DETAIL

namespace lanewise {

/// What a view remembers of the owner of its memory. Without a cell (release builds, the caller's
/// own memory, or more owners at once than cells) it counts as alive.
struct owner_mark {
  const std::atomic<std::uint32_t>* cell = nullptr;
  std::uint32_t count = 0;

  LANEWISE_INLINE constexpr bool alive() const noexcept {
    return cell == nullptr || cell->load(std::memory_order_relaxed) == count;
  }
};

/// Table of owners. A count is odd while the cell is taken.
inline constinit std::array<std::atomic<std::uint32_t>, 1024> owner_cells{};
inline constinit std::atomic<std::size_t> next_owner_cell{0};

/// Held by an owner of memory; moves with the memory and ends when it is freed.
class owner_token {
 public:
  LANEWISE_INLINE constexpr owner_token() noexcept {}

  /// Takes a free cell in a debug build, none in a release build or if all are taken.
  LANEWISE_INLINE void take() noexcept {
    if constexpr (detail::checked_access) {
      for (std::size_t tried = 0; tried < owner_cells.size(); ++tried) {
        auto& cell = owner_cells[next_owner_cell.fetch_add(1, std::memory_order_relaxed) % owner_cells.size()];
        std::uint32_t count = cell.load(std::memory_order_relaxed);
        if (count % 2 == 0 && cell.compare_exchange_strong(count, count + 1, std::memory_order_relaxed)) {
          cell_ = &cell;
          count_ = count + 1;
          return;
        }
      }
    }
  }

  /// Gives the cell back: marks made from this token are no longer alive.
  LANEWISE_INLINE void end() noexcept {
    if (cell_ != nullptr) {
      cell_->store(count_ + 1, std::memory_order_relaxed);
      cell_ = nullptr;
    }
  }

  LANEWISE_INLINE owner_mark mark() const noexcept { return {cell_, count_}; }

 private:
  std::atomic<std::uint32_t>* cell_ = nullptr;
  std::uint32_t count_ = 0;
};

}  // namespace lanewise
