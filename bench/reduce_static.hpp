// SPDX-License-Identifier: MIT
#pragma once
// Reductions compiled for one x86-64 level: lanewise's own (static build), and peers, which need the level's flags too.

#include <cstddef>
#include <cstdint>
#include <tuple>

#include <lanewise/kernels/detail/reduce_kernels.hpp>

namespace bench {

/// One way to do all three.
template <class T>
struct reductions {
  lanewise::accumulator_t<T> (*sum)(const T*, std::size_t);
  lanewise::accumulator_t<T> (*dot)(const T*, const T*, std::size_t);
  T (*min)(const T*, std::size_t);
};

/// Those of one level; where a peer has none, null.
template <class T>
struct level_reductions {
  reductions<T> lanewise;
  reductions<T> intrinsics_4;  ///< a hand-written loop with 4 accumulators
  reductions<T> intrinsics_8;  ///< with 8
  reductions<T> xsimd;
};

using all_level_reductions = std::tuple<level_reductions<float>, level_reductions<double>,
                                        level_reductions<std::int32_t>, level_reductions<std::uint8_t>>;

namespace v3 {
const all_level_reductions& reduce();
}
namespace v4 {
const all_level_reductions& reduce();
}

}  // namespace bench
