// SPDX-License-Identifier: MIT
// Sums of neighbours in wider lanes: dot_accumulate (products of 8, 16 and 32 bits and of 16-bit floats), sums_of_8,
// sums_of_8_abs_diff. No intermediate result saturates or wraps.

#include "lanewise/simd/arithmetic.hpp"

#if defined(LANEWISE_SIMD_DOT_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_SIMD_DOT_HPP
#undef LANEWISE_SIMD_DOT_HPP
#else
#define LANEWISE_SIMD_DOT_HPP
#endif

LANEWISE_BEGIN_TARGET
namespace impl {

/// Whether the target adds four products of u8 and i8 to 32 bits in one instruction (VNNI).
inline constexpr bool has_dot_of_bytes = HWY_ARCH_X86 != 0 && HWY_TARGET <= HWY_AVX3_DL;

/// op(registers of acc, of a, of b).
template <class Op, element A, std::size_t N, class V, class W>
LANEWISE_TARGET_INLINE simd<A, N> accumulate(Op op, simd<A, N> acc, V a, W b) {
  return simd<A, N>::make([&](auto r) LANEWISE_ATTR_INLINE { return op(acc.native(r), a.native(r), b.native(r)); });
}

/// The even and the odd lanes of 16-bit floats, as f32.
template <half_element T, bool odd, class V>
LANEWISE_TARGET_INLINE auto every_other_as_float(V bits) {
  constexpr hn::RepartitionToWide<hn::DFromV<V>> u32;
  constexpr hn::RebindToFloat<decltype(u32)> f32;
  const auto pairs = hn::BitCast(u32, bits);
  if constexpr (std::same_as<T, float16>) {
    const auto one = odd ? hn::ShiftRight<16>(pairs) : hn::And(pairs, hn::Set(u32, 0xFFFF));
    return widen_float16(hn::TruncateTo(hn::Rebind<std::uint16_t, decltype(u32)>(), one));
  } else if constexpr (odd) {
    return hn::BitCast(f32, hn::And(pairs, hn::Set(u32, 0xFFFF0000)));
  } else {
    return hn::BitCast(f32, hn::ShiftLeft<16>(pairs));
  }
}

}  // namespace impl

/// acc[i] + a[k i] b[k i] + ... + a[k i + k - 1] b[k i + k - 1], where k lanes of a and b are as wide as one of acc:
/// four of 8 bits, two of 16 or 32. Exact, but that acc wraps. Bytes take one instruction on CPUs with VNNI.
template <std::size_t N>
LANEWISE_TARGET_INLINE simd<std::int32_t, N> dot_accumulate(simd<std::int32_t, N> acc, simd<std::uint8_t, 4 * N> a,
                                                            simd<std::int8_t, 4 * N> b) {
  return impl::accumulate(
      [](auto sum, auto x, auto y)
          LANEWISE_ATTR_INLINE { return hn::SumOfMulQuadAccumulate(hn::DFromV<decltype(sum)>(), x, y, sum); },
      acc, a, b);
}
template <std::size_t N>
LANEWISE_TARGET_INLINE simd<std::int32_t, N> dot_accumulate(simd<std::int32_t, N> acc, simd<std::int8_t, 4 * N> a,
                                                            simd<std::int8_t, 4 * N> b) {
  return impl::accumulate(
      [](auto sum, auto x, auto y) LANEWISE_ATTR_INLINE {
        constexpr hn::DFromV<decltype(sum)> d;
        if constexpr (impl::has_dot_of_bytes) {
          // (a + 128) b - 128 b
          constexpr hn::Repartition<std::uint8_t, decltype(d)> u8;
          const auto offset = hn::Set(u8, 0x80);
          const auto moved = hn::SumOfMulQuadAccumulate(d, hn::Xor(hn::BitCast(u8, x), offset), y, sum);
          return hn::Sub(moved, hn::SumOfMulQuadAccumulate(d, offset, y, hn::Zero(d)));
        } else {
          return hn::SumOfMulQuadAccumulate(d, x, y, sum);
        }
      },
      acc, a, b);
}
template <std::size_t N>
LANEWISE_TARGET_INLINE simd<std::uint32_t, N> dot_accumulate(simd<std::uint32_t, N> acc, simd<std::uint8_t, 4 * N> a,
                                                             simd<std::uint8_t, 4 * N> b) {
  return impl::accumulate(
      [](auto sum, auto x, auto y) LANEWISE_ATTR_INLINE {
        constexpr hn::DFromV<decltype(sum)> d;
        if constexpr (impl::has_dot_of_bytes) {
          // a (b - 128) - a (-128)
          constexpr hn::Rebind<std::int32_t, decltype(d)> i32;
          constexpr hn::Repartition<std::int8_t, decltype(d)> i8;
          const auto offset = hn::Set(i8, -128);
          const auto moved =
              hn::SumOfMulQuadAccumulate(i32, x, hn::Xor(hn::BitCast(i8, y), offset), hn::BitCast(i32, sum));
          return hn::BitCast(d, hn::Sub(moved, hn::SumOfMulQuadAccumulate(i32, x, offset, hn::Zero(i32))));
        } else {
          return hn::SumOfMulQuadAccumulate(d, x, y, sum);
        }
      },
      acc, a, b);
}
template <std::size_t N>
LANEWISE_TARGET_INLINE simd<std::int32_t, N> dot_accumulate(simd<std::int32_t, N> acc, simd<std::int16_t, 2 * N> a,
                                                            simd<std::int16_t, 2 * N> b) {
  return impl::accumulate(
      [](auto sum, auto x, auto y) LANEWISE_ATTR_INLINE {
        constexpr hn::DFromV<decltype(sum)> d;
        if constexpr (impl::has_dot_of_bytes) {
          auto unused = hn::Zero(d);
          return hn::ReorderWidenMulAccumulate(d, x, y, sum, unused);
        } else {
          return hn::Add(sum, hn::WidenMulPairwiseAdd(d, x, y));
        }
      },
      acc, a, b);
}
template <std::size_t N>
LANEWISE_TARGET_INLINE simd<std::uint32_t, N> dot_accumulate(simd<std::uint32_t, N> acc, simd<std::uint16_t, 2 * N> a,
                                                             simd<std::uint16_t, 2 * N> b) {
  return impl::accumulate(
      [](auto sum, auto x, auto y)
          LANEWISE_ATTR_INLINE { return hn::Add(sum, hn::WidenMulPairwiseAdd(hn::DFromV<decltype(sum)>(), x, y)); },
      acc, a, b);
}
template <std::size_t N>
LANEWISE_TARGET_INLINE simd<std::int64_t, N> dot_accumulate(simd<std::int64_t, N> acc, simd<std::int32_t, 2 * N> a,
                                                            simd<std::int32_t, 2 * N> b) {
  return impl::accumulate(
      [](auto sum, auto x, auto y)
          LANEWISE_ATTR_INLINE { return hn::Add(hn::Add(sum, hn::MulEven(x, y)), hn::MulOdd(x, y)); },
      acc, a, b);
}
template <std::size_t N>
LANEWISE_TARGET_INLINE simd<std::uint64_t, N> dot_accumulate(simd<std::uint64_t, N> acc, simd<std::uint32_t, 2 * N> a,
                                                             simd<std::uint32_t, 2 * N> b) {
  return impl::accumulate(
      [](auto sum, auto x, auto y)
          LANEWISE_ATTR_INLINE { return hn::Add(hn::Add(sum, hn::MulEven(x, y)), hn::MulOdd(x, y)); },
      acc, a, b);
}

/// (acc[i] + a[2 i] b[2 i]) + a[2 i + 1] b[2 i + 1] of 16-bit floats, in f32: each of the two additions is rounded
/// once. The products themselves are exact, so that the result is the same with and without fused multiply-add, but for
/// products of bf16 below the normal numbers of f32 (2^-126), which targets without it round first.
///
/// The instruction of AVX-512 for bf16 is not used: it flushes subnormal numbers and rounds otherwise.
template <half_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<float, N> dot_accumulate(simd<float, N> acc, simd<T, 2 * N> a, simd<T, 2 * N> b) {
  return impl::accumulate(
      [](auto sum, auto x, auto y) LANEWISE_ATTR_INLINE {
        const auto even =
            hn::MulAdd(impl::every_other_as_float<T, false>(x), impl::every_other_as_float<T, false>(y), sum);
        return hn::MulAdd(impl::every_other_as_float<T, true>(x), impl::every_other_as_float<T, true>(y), even);
      },
      acc, a, b);
}

/// The sums of each eight neighbouring bytes, in 64 bits. One instruction for unsigned ones on x86.
template <std::size_t N>
  requires(N >= 8)
LANEWISE_TARGET_INLINE simd<std::uint64_t, N / 8> sums_of_8(simd<std::uint8_t, N> v) {
  return simd<std::uint64_t, N / 8>::make([&](auto r) LANEWISE_ATTR_INLINE { return hn::SumsOf8(v.native(r)); });
}
template <std::size_t N>
  requires(N >= 8)
LANEWISE_TARGET_INLINE simd<std::int64_t, N / 8> sums_of_8(simd<std::int8_t, N> v) {
  return simd<std::int64_t, N / 8>::make([&](auto r) LANEWISE_ATTR_INLINE { return hn::SumsOf8(v.native(r)); });
}

/// The sums of each eight neighbouring |a - b|, in 64 bits: how blocks of an image differ.
template <std::size_t N>
  requires(N >= 8)
LANEWISE_TARGET_INLINE simd<std::uint64_t, N / 8> sums_of_8_abs_diff(simd<std::uint8_t, N> a,
                                                                     std::type_identity_t<simd<std::uint8_t, N>> b) {
  return simd<std::uint64_t, N / 8>::make(
      [&](auto r) LANEWISE_ATTR_INLINE { return hn::SumsOf8AbsDiff(a.native(r), b.native(r)); });
}

LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_DOT_HPP
