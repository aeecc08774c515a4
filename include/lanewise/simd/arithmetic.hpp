// SPDX-License-Identifier: MIT
// Functions of simd, lane by lane: fma and its kin, min, max and their IEEE forms, clamp, abs, abs_diff, avg, mul_high,
// sqrt, copysign, select, is_nan and its kin.

#include "lanewise/simd/simd.hpp"

#if defined(LANEWISE_SIMD_ARITHMETIC_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_SIMD_ARITHMETIC_HPP
#undef LANEWISE_SIMD_ARITHMETIC_HPP
#else
#define LANEWISE_SIMD_ARITHMETIC_HPP
#endif

LANEWISE_BEGIN_TARGET
namespace impl {

/// Whether Min and Max of floats give the second operand for two zeros and if either operand is NaN, as x86 does.
/// (Highway's give the number on Arm, whichever operand it is.)
inline constexpr bool min_takes_second = HWY_ARCH_X86 != 0 && HWY_TARGET != HWY_EMU128;

/// v, or NaN where x or y is NaN.
template <class V>
LANEWISE_TARGET_INLINE V with_nan(V v, V x, V y) {
  constexpr hn::DFromV<V> d;
  if constexpr (min_takes_second && HWY_TARGET > HWY_AVX3) {
    return hn::Or(v, hn::VecFromMask(d, hn::IsEitherNaN(x, y)));  // a mask is a NaN
  } else {
    return hn::IfThenElse(hn::IsEitherNaN(x, y), hn::NaN(d), v);
  }
}

/// 64 bits from four products of 32 (Highway's takes the lanes out and multiplies them one by one).
template <class V>
LANEWISE_TARGET_INLINE V mul_high(V a, V b) {
  using T = hn::TFromV<V>;
  using D = hn::DFromV<V>;
  if constexpr (sizeof(T) < 8) {
    return hn::MulHigh(a, b);
  } else {
    constexpr hn::RebindToUnsigned<D> u;
    constexpr hn::Repartition<std::uint32_t, D> u32;
    const auto low = hn::Set(u, 0xFFFFFFFF);
    const auto product = [&](auto x, auto y)
                             LANEWISE_ATTR_INLINE { return hn::MulEven(hn::BitCast(u32, x), hn::BitCast(u32, y)); };
    const auto au = hn::BitCast(u, a), bu = hn::BitCast(u, b);
    const auto ah = hn::ShiftRight<32>(au), bh = hn::ShiftRight<32>(bu);
    const auto middle = hn::Add(product(ah, bu), hn::ShiftRight<32>(product(au, bu)));
    const auto other = hn::Add(product(au, bh), hn::And(middle, low));
    auto result = hn::Add(hn::Add(product(ah, bh), hn::ShiftRight<32>(middle)), hn::ShiftRight<32>(other));
    if constexpr (std::is_signed_v<T>) {  // a negative factor counts as 2^64 too much
      const auto if_negative = [&](auto x, auto y)
                                   LANEWISE_ATTR_INLINE { return hn::BitCast(u, hn::IfNegativeThenElseZero(x, y)); };
      result = hn::Sub(result, hn::Add(if_negative(a, b), if_negative(b, a)));
    }
    return hn::BitCast(D(), result);
  }
}

}  // namespace impl

/// a * b + c, floating point. Rounded once where the target has fused multiply-add (AVX2 and later, NEON), else twice.
/// 16-bit floats that the target does not compute with are multiplied and added in f32 and then rounded to 16 bits;
/// their product is exact in f32, so that this is two roundings, on every target.
template <floating_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> fma(simd<T, N> a, simd<T, N> b, simd<T, N> c) {
  return simd<T, N>::apply([](auto x, auto y, auto z) LANEWISE_ATTR_INLINE { return hn::MulAdd(x, y, z); }, a, b, c);
}

/// a * b - c, floating point; rounded as fma.
template <floating_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> fms(simd<T, N> a, simd<T, N> b, simd<T, N> c) {
  return simd<T, N>::apply([](auto x, auto y, auto z) LANEWISE_ATTR_INLINE { return hn::MulSub(x, y, z); }, a, b, c);
}

/// c - a * b, floating point; rounded as fma.
template <floating_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> fnma(simd<T, N> a, simd<T, N> b, simd<T, N> c) {
  return simd<T, N>::apply([](auto x, auto y, auto z) LANEWISE_ATTR_INLINE { return hn::NegMulAdd(x, y, z); }, a, b, c);
}

/// -(a * b) - c, floating point; rounded as fma.
template <floating_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> fnms(simd<T, N> a, simd<T, N> b, simd<T, N> c) {
  return simd<T, N>::apply([](auto x, auto y, auto z) LANEWISE_ATTR_INLINE { return hn::NegMulSub(x, y, z); }, a, b, c);
}

/// The smaller of a and b. Where a lane is NaN the result is one of the two, and which one depends on the target; the
/// same goes for zeros of different sign.
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> min(simd<T, N> a, simd<T, N> b) {
  return simd<T, N>::apply([](auto x, auto y) LANEWISE_ATTR_INLINE { return hn::Min(x, y); }, a, b);
}

/// The larger of a and b; NaN and zeros as in min.
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> max(simd<T, N> a, simd<T, N> b) {
  return simd<T, N>::apply([](auto x, auto y) LANEWISE_ATTR_INLINE { return hn::Max(x, y); }, a, b);
}

/// The smaller of a and b as IEEE 754-2019 has it: NaN if either is NaN, and -0 is smaller than +0.
template <floating_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> minimum(simd<T, N> a, std::type_identity_t<simd<T, N>> b) {
  return simd<T, N>::apply(
      [](auto x, auto y) LANEWISE_ATTR_INLINE {
        if constexpr (impl::min_takes_second) {
          return hn::Or(hn::Min(x, y), hn::Min(y, x));  // zeros: both signs; NaN: its bits
        } else {
          return impl::with_nan(hn::IfThenElse(hn::Eq(x, y), hn::Or(x, y), hn::Min(x, y)), x, y);
        }
      },
      a, b);
}

/// The larger of a and b as IEEE 754-2019 has it: NaN if either is NaN, and +0 is larger than -0.
template <floating_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> maximum(simd<T, N> a, std::type_identity_t<simd<T, N>> b) {
  return simd<T, N>::apply(
      [](auto x, auto y) LANEWISE_ATTR_INLINE {
        if constexpr (impl::min_takes_second) {
          return impl::with_nan(hn::And(hn::Max(x, y), hn::Max(y, x)), x, y);
        } else {
          return impl::with_nan(hn::IfThenElse(hn::Eq(x, y), hn::And(x, y), hn::Max(x, y)), x, y);
        }
      },
      a, b);
}

/// The smaller of a and b as IEEE 754-2019 has it for numbers: NaN only if both are NaN, and -0 is smaller than +0.
template <floating_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> minimum_number(simd<T, N> a, std::type_identity_t<simd<T, N>> b) {
  return simd<T, N>::apply(
      [](auto x, auto y) LANEWISE_ATTR_INLINE {
        const auto second = hn::IfThenElse(hn::IsNaN(y), x, y);
        const auto first = impl::min_takes_second ? x : hn::IfThenElse(hn::IsNaN(x), y, x);
        return hn::IfThenElse(hn::Eq(x, y), hn::Or(x, y), hn::Min(first, second));
      },
      a, b);
}

/// The larger of a and b as IEEE 754-2019 has it for numbers: NaN only if both are NaN, and +0 is larger than -0.
template <floating_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> maximum_number(simd<T, N> a, std::type_identity_t<simd<T, N>> b) {
  return simd<T, N>::apply(
      [](auto x, auto y) LANEWISE_ATTR_INLINE {
        const auto second = hn::IfThenElse(hn::IsNaN(y), x, y);
        const auto first = impl::min_takes_second ? x : hn::IfThenElse(hn::IsNaN(x), y, x);
        return hn::IfThenElse(hn::Eq(x, y), hn::And(x, y), hn::Max(first, second));
      },
      a, b);
}

/// lo where v < lo, hi where v > hi, else v; NaN stays NaN. lo must not be above hi, nor either of them NaN; where
/// zeros of different sign meet, the result is one of them.
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> clamp(simd<T, N> v, std::type_identity_t<simd<T, N>> lo,
                                        std::type_identity_t<simd<T, N>> hi) {
  return simd<T, N>::apply(
      [](auto x, auto l, auto h) LANEWISE_ATTR_INLINE {
        const auto clamped = hn::Min(h, hn::Max(l, x));
        if constexpr (integer_element<T> || impl::min_takes_second) {
          return clamped;
        } else {
          return hn::IfThenElse(hn::IsNaN(x), x, clamped);
        }
      },
      v, lo, hi);
}

/// |a|. The most negative integer stays what it is.
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> abs(simd<T, N> a) {
  if constexpr (std::is_unsigned_v<T>) {
    return a;
  } else if constexpr (half_element<T>) {
    return bit_cast<T>(bit_cast<std::uint16_t>(a) & 0x7FFF);
  } else {
    return simd<T, N>::apply([](auto x) LANEWISE_ATTR_INLINE { return hn::Abs(x); }, a);
  }
}

/// |a - b|. Of signed integers it is of the unsigned type, in which it always fits; of floats it is rounded once.
template <integer_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<hwy::MakeUnsigned<T>, N> abs_diff(simd<T, N> a, std::type_identity_t<simd<T, N>> b) {
  using U = hwy::MakeUnsigned<T>;
  return simd<U, N>::make([&](auto r) LANEWISE_ATTR_INLINE {
    const auto x = a.native(r), y = b.native(r);
    constexpr typename simd<U, N>::tag d;
    if constexpr (std::is_unsigned_v<T> && sizeof(T) <= 2) {
      return hn::Or(hn::SaturatedSub(x, y), hn::SaturatedSub(y, x));
    } else if constexpr (sizeof(T) == 8) {  // one comparison, where min and max would take two
      const auto negate = hn::BitCast(d, hn::VecFromMask(hn::DFromV<decltype(x)>(), hn::Lt(x, y)));
      return hn::Sub(hn::Xor(hn::BitCast(d, hn::Sub(x, y)), negate), negate);
    } else {
      return hn::BitCast(d, hn::Sub(hn::Max(x, y), hn::Min(x, y)));
    }
  });
}
template <floating_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> abs_diff(simd<T, N> a, std::type_identity_t<simd<T, N>> b) {
  return abs(a - b);
}

/// (a + b + 1) / 2 rounded down, without overflow: the mean, halves upwards. avg of 3 and 4 is 4, of -3 and -4 is -3.
template <integer_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> avg(simd<T, N> a, std::type_identity_t<simd<T, N>> b) {
  using U = hwy::MakeUnsigned<T>;
  return simd<T, N>::apply(
      [](auto x, auto y) LANEWISE_ATTR_INLINE {
        if constexpr (sizeof(T) <= 2) {
          constexpr typename simd<U, N>::tag u;
          const auto flip = hn::Set(u, static_cast<U>(std::numeric_limits<T>::min()));  // signed: order as unsigned
          const auto mean = hn::AverageRound(hn::Xor(hn::BitCast(u, x), flip), hn::Xor(hn::BitCast(u, y), flip));
          return hn::BitCast(hn::DFromV<decltype(x)>(), hn::Xor(mean, flip));
        } else {
          return hn::Sub(hn::Or(x, y), hn::ShiftRight<1>(hn::Xor(x, y)));
        }
      },
      a, b);
}

/// The upper half of the product of twice the width: a * b >> bits.
template <integer_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> mul_high(simd<T, N> a, std::type_identity_t<simd<T, N>> b) {
  return simd<T, N>::apply([](auto x, auto y) LANEWISE_ATTR_INLINE { return impl::mul_high(x, y); }, a, b);
}

/// The square root, correctly rounded (0.5 ULP); NaN below zero, -0 for -0.
template <floating_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> sqrt(simd<T, N> a) {
  return simd<T, N>::apply([](auto x) LANEWISE_ATTR_INLINE { return hn::Sqrt(x); }, a);
}

/// a's lane where m is true, b's elsewhere. The mask may come from vectors of another element type.
template <element U, element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> select(mask<U, N> m, simd<T, N> a, std::type_identity_t<simd<T, N>> b) {
  return simd<T, N>::select(m, a, b);
}

/// True where a or b is NaN: one comparison for two vectors.
template <floating_element T, std::size_t N>
LANEWISE_TARGET_INLINE mask<T, N> either_is_nan(simd<T, N> a, simd<T, N> b) {
  return simd<T, N>::test([](auto x, auto y) LANEWISE_ATTR_INLINE { return hn::IsEitherNaN(x, y); }, a, b);
}

/// True where a is NaN, infinite, neither.
template <floating_element T, std::size_t N>
LANEWISE_TARGET_INLINE mask<T, N> is_nan(simd<T, N> a) {
  return simd<T, N>::test([](auto x) LANEWISE_ATTR_INLINE { return hn::IsNaN(x); }, a);
}
template <floating_element T, std::size_t N>
LANEWISE_TARGET_INLINE mask<T, N> is_inf(simd<T, N> a) {
  return simd<T, N>::test([](auto x) LANEWISE_ATTR_INLINE { return hn::IsInf(x); }, a);
}
template <floating_element T, std::size_t N>
LANEWISE_TARGET_INLINE mask<T, N> is_finite(simd<T, N> a) {
  return simd<T, N>::test([](auto x) LANEWISE_ATTR_INLINE { return hn::IsFinite(x); }, a);
}

/// The magnitude of a with the sign of b, also for zeros, infinities and NaN.
template <floating_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> copysign(simd<T, N> a, simd<T, N> b) {
  return simd<T, N>::apply([](auto x, auto y) LANEWISE_ATTR_INLINE { return hn::CopySign(x, y); }, a, b);
}

LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_ARITHMETIC_HPP
