// SPDX-License-Identifier: MIT
// The blocks of a parallel reduction: the same ones, combined in the same tree, for any number of workers.

#include <array>
#include <cstddef>

#include "lanewise/config/highway.hpp"
#include "lanewise/loops/parallelize.hpp"

#if defined(LANEWISE_LOOPS_DETAIL_REDUCE_BLOCKS_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_LOOPS_DETAIL_REDUCE_BLOCKS_HPP
#undef LANEWISE_LOOPS_DETAIL_REDUCE_BLOCKS_HPP
#else
#define LANEWISE_LOOPS_DETAIL_REDUCE_BLOCKS_HPP
#endif

LANEWISE_BEGIN_TARGET
namespace impl {

inline constexpr std::size_t reduce_block = 32768;  // least elements a worker takes at a time
inline constexpr std::size_t reduce_max_blocks = 1024;

/// Applies block(begin, end) to blocks of [0, n), whose size depends on n alone, and combine(a, b) to neighbouring
/// results in a tree, so that rounding errors grow with its height. n > 0.
template <class R, class Block, class Combine>
R reduce_blocks(std::size_t n, executor_ref executor, Block block, Combine combine) {
  if (n <= reduce_block) return block(std::size_t(0), n);
  const std::size_t size = ((n - 1) / (reduce_block * reduce_max_blocks) + 1) * reduce_block;
  const std::size_t blocks = block_count(n, size);
  std::array<R, reduce_max_blocks> results;
  parallelize_blocks(
      n, size, [&](std::size_t index, std::size_t begin, std::size_t end) { results[index] = block(begin, end); },
      executor);
  for (std::size_t step = 1; step < blocks; step *= 2) {
    for (std::size_t i = 0; i + step < blocks; i += 2 * step) results[i] = combine(results[i], results[i + step]);
  }
  return results[0];
}

}  // namespace impl
LANEWISE_END_TARGET

#endif  // LANEWISE_LOOPS_DETAIL_REDUCE_BLOCKS_HPP
