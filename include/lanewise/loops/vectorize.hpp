// SPDX-License-Identifier: MIT
// vectorize: a loop over n elements in blocks of W, with a choice of what becomes of the rest.

#include <cstddef>

#include "lanewise/loops/static_for.hpp"
#include "lanewise/simd/simd.hpp"

// The policies are the same types on every target.
#ifndef LANEWISE_LOOPS_TAIL_POLICIES
#define LANEWISE_LOOPS_TAIL_POLICIES
/// What vectorize does with the n % W elements that do not fill a block.
namespace lanewise::tail {
struct scalar {};   ///< body<1>(i) for each, as in Mojo
struct cascade {};  ///< body<W/2>, body<W/4>, ..., body<1>, each at most once
struct masked {};   ///< one call with a block of fewer than W elements
}  // namespace lanewise::tail
#endif

#if defined(LANEWISE_LOOPS_VECTORIZE_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_LOOPS_VECTORIZE_HPP
#undef LANEWISE_LOOPS_VECTORIZE_HPP
#else
#define LANEWISE_LOOPS_VECTORIZE_HPP
#endif

LANEWISE_BEGIN_TARGET

/// W consecutive positions of a loop that all exist: what a body under tail::masked gets in the main loop.
template <std::size_t W>
struct full_block {
  std::size_t index;  ///< position of the first

  static constexpr std::size_t width = W;
  static constexpr std::size_t size() { return W; }

  /// p[index] to p[index + W - 1]; `fill` is for the partial block.
  template <element T>
  LANEWISE_TARGET_INLINE simd<T, W> load(const T* p, std::type_identity_t<T> = 0) const {
    return simd<T, W>::load(p + index);
  }
  template <element T>
  LANEWISE_TARGET_INLINE void store(T* p, std::type_identity_t<simd<T, W>> v) const {
    v.store(p + index);
  }
  /// The lanes that exist: all.
  template <element T>
  LANEWISE_TARGET_INLINE mask<T, W> active() const {
    return mask<T, W>(true);
  }
};

/// Fewer than W positions, the last of the loop; lanes from size() on are filled on load and dropped on store.
template <std::size_t W>
struct partial_block {
  std::size_t index;  ///< position of the first
  std::size_t count;  ///< how many there are, 1 to W - 1

  static constexpr std::size_t width = W;
  std::size_t size() const { return count; }

  template <element T>
  LANEWISE_TARGET_INLINE simd<T, W> load(const T* p, std::type_identity_t<T> fill = 0) const {
    return simd<T, W>::load_first(p + index, count, fill);
  }
  template <element T>
  LANEWISE_TARGET_INLINE void store(T* p, std::type_identity_t<simd<T, W>> v) const {
    v.store_first(p + index, count);
  }
  template <element T>
  LANEWISE_TARGET_INLINE mask<T, W> active() const {
    return mask<T, W>::first(count);
  }
};

namespace impl {

template <std::size_t W, class Body>
LANEWISE_TARGET_INLINE void cascade_from(std::size_t i, std::size_t n, Body& body) {
  if constexpr (W > 0) {
    if (n - i >= W) {
      body.template operator()<W>(i);
      i += W;
    }
    cascade_from<W / 2>(i, n, body);
  }
}

}  // namespace impl

/// Calls `body` for the positions 0 to n - 1 in order, W at a time and, as long as they last, Unroll blocks between two
/// tests of the loop's end. Position and tail reach the body in one of two forms:
///
/// - tail::scalar and tail::cascade: `body<w>(i)` serves positions i to i + w - 1; w is W, or a smaller power of two
///   at the end. Form: `[&]<std::size_t w>(std::size_t i) { ... }`.
/// - tail::masked: `body(block)`; block.load(p), block.store(p, v), block.active<T>() and block.index serve W
/// positions,
///   or fewer at the end, where load fills the missing lanes with 0 or a second argument. Form: `[&](auto block)`.
///
/// An accumulator of W lanes goes with tail::masked, where a lane that does not exist adds its fill. A w-lane vector
/// does not convert to a W-lane one, so that the others do not compile with it: nothing is counted twice by accident.
///
/// W: a power of two. Unroll: 1 or more. Time O(n); no memory, no threads; throws what the body throws.
///
/// simd<float, 32> sum{};
/// vectorize<32, 1, tail::masked>(n, [&](auto block) { sum += block.load(x); });  // reduce_add(sum): all n
template <std::size_t W, std::size_t Unroll = 1, class Tail = tail::scalar, class Body>
LANEWISE_TARGET_INLINE void vectorize(std::size_t n, Body&& body) {
  static_assert(std::has_single_bit(W), "vectorize<W>: W must be a power of two");
  static_assert(Unroll > 0, "vectorize<W, Unroll>: Unroll must be at least 1");
  constexpr bool by_block = std::same_as<Tail, tail::masked>;
  static_assert(by_block || std::same_as<Tail, tail::scalar> || std::same_as<Tail, tail::cascade>,
                "vectorize<W, Unroll, Tail>: Tail is tail::scalar, tail::cascade or tail::masked");
  if constexpr (by_block) {
    static_assert(
        requires(full_block<W> f, partial_block<W> p) {
          body(f);
          body(p);
        }, "vectorize with tail::masked: the body takes a block, [&](auto block) { ... }");
  } else {
    static_assert(
        requires {
          body.template operator()<W>(n);
          body.template operator()<1>(n);
        },
        "vectorize: the body takes its width and position, [&]<std::size_t w>(std::size_t i) { ... }, and must "
        "work for smaller w too; with an accumulator of W lanes use tail::masked");
  }

  const auto step = [&](std::size_t i) LANEWISE_ATTR_INLINE {
    if constexpr (by_block) {
      body(full_block<W>{i});
    } else {
      body.template operator()<W>(i);
    }
  };
  std::size_t i = 0;
  if constexpr (Unroll > 1) {
    for (; n - i >= W * Unroll; i += W * Unroll) {
      static_for<Unroll>([&]<std::size_t u>() LANEWISE_ATTR_INLINE { step(i + u * W); });
    }
  }
  // Not `n - i >= W`: for an n that it knows, g++ 12 warns of iterations behind the last
  // (-Waggressive-loop-optimizations).
  for (const std::size_t end = n - n % W; i < end; i += W) step(i);

  if constexpr (by_block) {
    if (i < n) body(partial_block<W>{i, n - i});
  } else if constexpr (std::same_as<Tail, tail::cascade>) {
    impl::cascade_from<W / 2>(i, n, body);
  } else {
    for (; i < n; ++i) body.template operator()<1>(i);
  }
}

LANEWISE_END_TARGET

#endif  // LANEWISE_LOOPS_VECTORIZE_HPP
