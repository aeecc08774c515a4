// SPDX-License-Identifier: MIT
// Across lanes: reduce, reduce_add, _mul, _min, _max, _and, _or, _xor, argmin, argmax of simd; any, all, none, count,
// first_set, last_set of mask.

#include "lanewise/simd/arithmetic.hpp"
#include "lanewise/simd/shuffle.hpp"

#if defined(LANEWISE_SIMD_REDUCE_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_SIMD_REDUCE_HPP
#undef LANEWISE_SIMD_REDUCE_HPP
#else
#define LANEWISE_SIMD_REDUCE_HPP
#endif

LANEWISE_BEGIN_TARGET

namespace impl {

/// What no value exceeds, and what exceeds none: infinities for floats.
template <element T>
inline constexpr T greatest = integer_element<T> ? std::numeric_limits<T>::max() : std::numeric_limits<T>::infinity();
template <element T>
inline constexpr T least =
    integer_element<T> ? std::numeric_limits<T>::lowest() : T(-static_cast<double>(std::numeric_limits<T>::infinity()));

template <element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> zero_unless(mask<T, N> m, simd<T, N> v) {
  return simd<T, N>::make([&](auto r) LANEWISE_ATTR_INLINE { return hn::IfThenElseZero(m.native(r), v.native(r)); });
}

}  // namespace impl

/// All lanes combined to one by op, which takes two simd of any number of lanes: lane i meets lane i + N / 2, then
/// i + N / 4, and so on. The order, and so the rounding, is the same on every target.
///
/// reduce(simd<int, 4>{1, 7, 5, 2}, [](auto a, auto b) { return max(a, b); })  // 7
template <element T, std::size_t N, class Op>
LANEWISE_TARGET_INLINE T reduce(simd<T, N> v, Op op) {
  if constexpr (N == 1) {
    return v[0];
  } else {
    return reduce(op(lower_half(v), upper_half(v)), op);
  }
}

/// The sum of all lanes, added in halves (pairwise); integers wrap. simd<int, 4>{1, 2, 3, 4}: 10.
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE T reduce_add(simd<T, N> v) {
  if constexpr (HWY_ARCH_X86 != 0 && integer_element<T> && sizeof(T) == 1 && N >= 16) {
    // SSE2's sum of absolute differences adds groups of eight.
    constexpr std::size_t lanes = simd<T, N>::lanes_per_register;
    if constexpr (N > lanes) {
      return reduce_add(lower_half(v) + upper_half(v));
    } else {
      const auto bytes = bit_cast<std::uint8_t>(v);
      using sums = simd<std::uint64_t, lanes / 8>;
      return static_cast<T>(
          reduce_add(sums::make([&](auto) LANEWISE_ATTR_INLINE { return hn::SumsOf8(bytes.native()); })));
    }
  }
  return reduce(v, [](auto a, auto b) LANEWISE_ATTR_INLINE { return a + b; });
}

/// The product of all lanes, in halves; integers wrap.
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE T reduce_mul(simd<T, N> v) {
  if constexpr (integer_element<T> && sizeof(T) == 1 && N > 1) {
    return static_cast<T>(reduce_mul(cast<std::uint16_t>(v)));  // few targets multiply bytes
  }
  return reduce(v, [](auto a, auto b) LANEWISE_ATTR_INLINE { return a * b; });
}

/// The smallest lane; unspecified if a lane is NaN.
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE T reduce_min(simd<T, N> v) {
  return reduce(v, [](auto a, auto b) LANEWISE_ATTR_INLINE { return min(a, b); });
}

/// The largest lane; unspecified if a lane is NaN.
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE T reduce_max(simd<T, N> v) {
  return reduce(v, [](auto a, auto b) LANEWISE_ATTR_INLINE { return max(a, b); });
}

/// All lanes combined bit by bit.
template <integer_element T, std::size_t N>
LANEWISE_TARGET_INLINE T reduce_and(simd<T, N> v) {
  return reduce(v, [](auto a, auto b) LANEWISE_ATTR_INLINE { return a & b; });
}
template <integer_element T, std::size_t N>
LANEWISE_TARGET_INLINE T reduce_or(simd<T, N> v) {
  return reduce(v, [](auto a, auto b) LANEWISE_ATTR_INLINE { return a | b; });
}
template <integer_element T, std::size_t N>
LANEWISE_TARGET_INLINE T reduce_xor(simd<T, N> v) {
  return reduce(v, [](auto a, auto b) LANEWISE_ATTR_INLINE { return a ^ b; });
}

// The same of the lanes where m is true, in the same order. In place of the others stand 0 for sums, 1 for products,
// the greatest value of the type (infinity for floats) for reduce_min, its least one for reduce_max, all bits for
// reduce_and, none for reduce_or and reduce_xor: this is also the result if no lane is true.

template <element T, std::size_t N>
LANEWISE_TARGET_INLINE T reduce_add(simd<T, N> v, std::type_identity_t<mask<T, N>> m) {
  return reduce_add(impl::zero_unless(m, v));
}
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE T reduce_mul(simd<T, N> v, std::type_identity_t<mask<T, N>> m) {
  return reduce_mul(simd<T, N>::select(m, v, T(1)));
}
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE T reduce_min(simd<T, N> v, std::type_identity_t<mask<T, N>> m) {
  return reduce_min(simd<T, N>::select(m, v, impl::greatest<T>));
}
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE T reduce_max(simd<T, N> v, std::type_identity_t<mask<T, N>> m) {
  return reduce_max(simd<T, N>::select(m, v, impl::least<T>));
}
template <integer_element T, std::size_t N>
LANEWISE_TARGET_INLINE T reduce_and(simd<T, N> v, std::type_identity_t<mask<T, N>> m) {
  return reduce_and(simd<T, N>::select(m, v, static_cast<T>(-1)));
}
template <integer_element T, std::size_t N>
LANEWISE_TARGET_INLINE T reduce_or(simd<T, N> v, std::type_identity_t<mask<T, N>> m) {
  return reduce_or(impl::zero_unless(m, v));
}
template <integer_element T, std::size_t N>
LANEWISE_TARGET_INLINE T reduce_xor(simd<T, N> v, std::type_identity_t<mask<T, N>> m) {
  return reduce_xor(impl::zero_unless(m, v));
}

/// How many lanes are true.
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE std::size_t count(mask<T, N> m) {
  return impl::for_registers<mask<T, N>::registers>(
      [](auto... c) LANEWISE_ATTR_INLINE { return (c + ...); },
      [&](auto r) LANEWISE_ATTR_INLINE { return hn::CountTrue(typename mask<T, N>::tag(), m.native(r)); });
}

/// Whether no lane, every lane, at least one lane is true.
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE bool none(mask<T, N> m) {
  return impl::for_registers<mask<T, N>::registers>(
      [](auto... c) LANEWISE_ATTR_INLINE { return (c && ...); },
      [&](auto r) LANEWISE_ATTR_INLINE { return hn::AllFalse(typename mask<T, N>::tag(), m.native(r)); });
}
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE bool all(mask<T, N> m) {
  return impl::for_registers<mask<T, N>::registers>(
      [](auto... c) LANEWISE_ATTR_INLINE { return (c && ...); },
      [&](auto r) LANEWISE_ATTR_INLINE { return hn::AllTrue(typename mask<T, N>::tag(), m.native(r)); });
}
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE bool any(mask<T, N> m) {
  return !none(m);
}

namespace impl {

/// Lanes [64 w, 64 w + 64) of a mask, as bits.
template <std::size_t w, element T, std::size_t N>
LANEWISE_TARGET_INLINE std::uint64_t word_of(mask<T, N> m) {
  if constexpr (N <= 64) {
    return bits(m);
  } else {
    constexpr std::size_t registers = 64 / shape<T, N>::lanes_per_register;
    return bits(mask<T, 64>::make([&](auto r) LANEWISE_ATTR_INLINE { return m.native(w * registers + r); }));
  }
}

}  // namespace impl

/// The lowest lane that is true, N if there is none.
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE std::size_t first_set(mask<T, N> m) {
  if constexpr (N <= 64) {
    std::uint64_t b = bits(m);
    if constexpr (N < 64) b |= std::uint64_t{1} << N;
    return static_cast<std::size_t>(std::countr_zero(b));
  } else {
    std::size_t first = N;
    [&]<std::size_t... w>(std::index_sequence<w...>) LANEWISE_ATTR_INLINE {
      ((first =
            [&](std::uint64_t word) LANEWISE_ATTR_INLINE {
              constexpr std::size_t before = N - 64 * (w + 1);
              return word == 0 ? first : before + static_cast<std::size_t>(std::countr_zero(word));
            }(impl::word_of<N / 64 - 1 - w>(m))),
       ...);
    }(std::make_index_sequence<N / 64>());
    return first;
  }
}

/// The highest lane that is true, N if there is none.
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE std::size_t last_set(mask<T, N> m) {
  if constexpr (N <= 64) {
    const std::uint64_t b = bits(m);
    return b == 0 ? N : static_cast<std::size_t>(std::bit_width(b)) - 1;
  } else {
    std::size_t last = N;
    [&]<std::size_t... w>(std::index_sequence<w...>) LANEWISE_ATTR_INLINE {
      ((last =
            [&](std::uint64_t word) LANEWISE_ATTR_INLINE {
              return word == 0 ? last : 64 * w + static_cast<std::size_t>(std::bit_width(word)) - 1;
            }(impl::word_of<w>(m))),
       ...);
    }(std::make_index_sequence<N / 64>());
    return last;
  }
}

/// The lane with the smallest value, the lowest of them among equals. NaN is never the smallest; 0 if every lane is
/// NaN.
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE std::size_t argmin(simd<T, N> v) {
  simd<T, N> numbers = v;
  if constexpr (floating_element<T>) numbers = select(is_nan(v), simd<T, N>(impl::greatest<T>), v);
  return first_set(v == simd<T, N>(reduce_min(numbers))) % N;
}

/// The lane with the largest value; equals and NaN as in argmin.
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE std::size_t argmax(simd<T, N> v) {
  simd<T, N> numbers = v;
  if constexpr (floating_element<T>) numbers = select(is_nan(v), simd<T, N>(impl::least<T>), v);
  return first_set(v == simd<T, N>(reduce_max(numbers))) % N;
}

LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_REDUCE_HPP
