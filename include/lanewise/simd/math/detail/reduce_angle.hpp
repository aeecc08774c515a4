// SPDX-License-Identifier: MIT
// An angle as a whole number of quarter turns and a small rest in two words: what sin, cos and tan share.
//
// Moderate angles by Cody and Waite's way, in the type's own precision; larger ones of f32 in f64; beyond that both by
// Payne and Hanek's: the product with as many bits of 2 / pi as the exponent asks for. All f32 in f64, whose rest needs
// no second word, takes 1.5 times as long (sin, AVX-512, Zen 5, 2026-11).

#include <bit>

#include "lanewise/config/avx2.hpp"
#include "lanewise/config/avx512.hpp"
#include "lanewise/simd/math/detail/double_word.hpp"
#include "lanewise/simd/reduce.hpp"
#include "lanewise/simd/round.hpp"

#if defined(LANEWISE_SIMD_MATH_DETAIL_REDUCE_ANGLE_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_SIMD_MATH_DETAIL_REDUCE_ANGLE_HPP
#undef LANEWISE_SIMD_MATH_DETAIL_REDUCE_ANGLE_HPP
#else
#define LANEWISE_SIMD_MATH_DETAIL_REDUCE_ANGLE_HPP
#endif

LANEWISE_BEGIN_TARGET
namespace impl {

template <std::size_t N>
using f64 = simd<double, N>;
template <std::size_t N>
using u64 = simd<std::uint64_t, N>;

/// 2 / pi in words of 24 bits: enough for the largest exponent.
inline constexpr double two_over_pi_words[50] = {
    0xA2F983, 0x6E4E44, 0x1529FC, 0x2757D1, 0xF534DD, 0xC0DB62, 0x95993C, 0x439041, 0xFE5163, 0xABDEBB,
    0xC561B7, 0x246E3A, 0x424DD2, 0xE00649, 0x2EEA09, 0xD1921C, 0xFE1DEB, 0x1CB129, 0xA73EE8, 0x8235F5,
    0x2EBB44, 0x84E99C, 0x7026B4, 0x5F7E41, 0x3991D6, 0x398353, 0x39F49C, 0x845F8B, 0xBDF928, 0x3B1FF8,
    0x97FFDE, 0x05980F, 0xEF2F11, 0x8B5A0A, 0x6D1F6D, 0x367ECF, 0x27CB09, 0xB74F46, 0x3F669E, 0x5FEA2D,
    0x7527BA, 0xC7EBE5, 0xF17B3D, 0x0739F7, 0x8A5292, 0xEA6BFB, 0x5FB11F, 0x8D5D08, 0x560330, 0x46FC7B,
};

/// n + hi + lo quarter turns less a multiple of four; |hi + lo| <= 0.5, n a whole number of either sign.
template <std::size_t N>
struct quarter_turns {
  f64<N> n, hi, lo;
};

/// x * 2 / pi for any x, to 2^-110 absolutely; NaN for infinities and NaN.
template <std::size_t N>
LANEWISE_TARGET_INLINE quarter_turns<N> multiply_by_two_over_pi(f64<N> x) {
  using V = f64<N>;
  const auto exponent = (bit_cast<std::uint64_t>(x) >> 52) & u64<N>(0x7FF);
  const V biased = bit_cast<double>(exponent | bit_cast<std::uint64_t>(V(0x1p52))) - V(0x1p52);
  // The words in front of number `first` contribute multiples of 8 to the product of x = m 2^(biased - 1075), m whole.
  const V first = max(floor((biased - V(1078.0)) * V(1.0 / 24)), V(0.0));
  const auto index = bit_cast<std::uint64_t>(first + V(0x1p52)) & u64<N>(0xFF);
  const V scaled = x * bit_cast<double>((u64<N>(1023) - (index << 4) - (index << 3)) << 52);  // below 2^80
  const V x_hi = upper_bits(scaled), x_lo = scaled - x_hi;                                    // 26 and 27 bits
  V sum(0.0), rest(0.0), rest_of_rest(0.0);
  const auto add = [&](V term) LANEWISE_ATTR_INLINE {
    const auto [s, e] = two_sum(sum, term);
    const auto [r, f] = two_sum(rest, e);
    sum = s;
    rest = r;
    rest_of_rest = rest_of_rest + f;
  };
  const auto modulo_4 = [](V v) LANEWISE_ATTR_INLINE { return v - V(4.0) * nearbyint(v * V(0.25)); };
  double unit = 0x1p-24;
  [&]<std::size_t... i>(std::index_sequence<i...>) LANEWISE_ATTR_INLINE {
    (
        [&]() LANEWISE_ATTR_INLINE {
          const V word = V::make([&](auto r) LANEWISE_ATTR_INLINE {
            using tag = typename V::tag;
            const auto at = hn::BitCast(hn::RebindToSigned<tag>(), index.native(r));
            return hn::GatherIndex(tag(), two_over_pi_words + i, at);
          });
          const V hi = x_hi * (word * V(unit)), lo = x_lo * (word * V(unit));  // exact
          add(i < 4 ? modulo_4(hi) : hi);
          add(i < 3 ? modulo_4(lo) : lo);
          unit *= 0x1p-24;
        }(),
        ...);
  }(std::make_index_sequence<9>());
  const V n = nearbyint(sum);
  const auto [b, c] = two_sum(rest, rest_of_rest);
  const auto [s, r] = two_sum(sum - n, b);
  const auto [hi, lo] = fast_two_sum(s, r + c);
  return {n, hi, lo};
}

/// The same through memory and not inlined: the rare case shall not blow up every sine.
template <std::size_t N>
LANEWISE_NOINLINE void multiply_by_two_over_pi_apart(const double* x, double* n, double* hi, double* lo) {
  constexpr std::size_t lanes = f64<N>::lanes_per_register;
  for (std::size_t i = 0; i < N; i += lanes) {
    const auto turns = multiply_by_two_over_pi(f64<lanes>::load(x + i));
    turns.n.store(n + i);
    turns.hi.store(hi + i);
    turns.lo.store(lo + i);
  }
}
template <std::size_t N>
LANEWISE_TARGET_INLINE quarter_turns<N> huge_quarter_turns(f64<N> x) {
  std::array<double, N> in = x.to_array(), n, hi, lo;
  multiply_by_two_over_pi_apart<N>(in.data(), n.data(), hi.data(), lo.data());
  return {f64<N>::load(n.data()), f64<N>::load(hi.data()), f64<N>::load(lo.data())};
}

/// An angle of `quadrant` quarter turns and hi - negated_lo, at most pi / 4 and a little.
template <class T, std::size_t N>
struct reduced_angle {
  using bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
  simd<T, N> hi, negated_lo;
  simd<bits, N> quadrant;
};

/// x + rounding_shift<T> has x's nearest whole number in its low bits (two's complement).
template <class T>
inline constexpr T rounding_shift = sizeof(T) == 4 ? T(0x1.8p23) : T(0x1.8p52);

/// pi / 2 in words and how far they reach. In `quick`, the second is short: x less n times the first is exact (a
/// multiple of the first's last bit, below 1), then either the next difference is exact too, or hi is so large that its
/// rounding error, which is exact, is all that counts. `far` has full words and accounts for each product's rounding.
template <class T>
struct quarter_turn;
template <>
struct quarter_turn<float> {
  static constexpr float inverse = 0x1.45f306p-1f, rest_of_inverse = 0x1.b9391p-26f, first = 0x1.921fb4p0f;
  static constexpr float quick[2] = {0x1.444p-24f, 0x1.68c234p-39f};
  static constexpr float far[2] = {0x1.4442dp-24f, 0x1.84698ap-48f};
  static constexpr float quick_limit = 512, far_limit = 0x1p20f;
};
template <>
struct quarter_turn<double> {
  static constexpr double inverse = 0x1.45f306dc9c883p-1, rest_of_inverse = -0x1.6b01ec5417056p-55,
                          first = 0x1.921fb54442d18p0;
  static constexpr double quick[2] = {0x1.1a62633p-54, 0x1.45c06e0e68948p-86};
  static constexpr double far[2] = {0x1.1a62633145c06p-54, 0x1.c1cd129024e09p-107};
  static constexpr double quick_limit = 0x1p20, far_limit = 0x1p40;
};

/// f quarter turns, in radians.
template <int offset, std::size_t N>
LANEWISE_TARGET_INLINE reduced_angle<double, N> in_radians(quarter_turns<N> turns) {
  using V = f64<N>;
  const V quarter(0x1.921fb54442d18p0), quarter_rest(0x1.1a62633145c06p-54);
  const auto [p, e] = two_product(turns.hi, quarter);
  const auto [hi, lo] = fast_two_sum(p, e + fma(turns.hi, quarter_rest, turns.lo * quarter));
  return {hi, -lo, bit_cast<std::uint64_t>(turns.n + V(rounding_shift<double> + offset))};
}

/// Any x in f64.
template <int offset, std::size_t N>
LANEWISE_TARGET_INLINE reduced_angle<double, N> huge_angle(f64<N> x) {
  return in_radians<offset>(huge_quarter_turns(x));
}

/// |x| <= quick_limit in f64 without fused multiply-add: 33 + 33 + 33 + 53 bits, of which the first three products are
/// exact.
template <int offset, std::size_t N>
LANEWISE_TARGET_INLINE reduced_angle<double, N> quick_angle_unfused(f64<N> x) {
  using V = f64<N>;
  const V whole = x * V(quarter_turn<double>::inverse) + V(rounding_shift<double> + offset);
  const V n = whole - V(rounding_shift<double> + offset);
  const V first = x - n * V(0x1.921fb544p0);
  const V second = n * V(0x1.0b4611a6p-34);
  const V difference = first - second;
  const V rest = ((first - difference) - second) - n * V(0x1.3198a2ep-69);
  const auto [hi, lo] = fast_two_sum(difference, rest);
  return {select(n == V(0.0), x, hi), n * V(0x1.b839a252049c1p-104) - lo, bit_cast<std::uint64_t>(whole)};
}

/// An angle in one word of f64: all that f32 needs, for no f32 is closer than 2^-30 or so to a multiple of pi / 2.
template <std::size_t N>
struct f64_angle {
  f64<N> rest;
  u64<N> quadrant;
};

/// Any x in f32.
template <int offset, std::size_t N>
LANEWISE_TARGET_INLINE f64_angle<N> angle_in_f64(simd<float, N> x) {
  using V = f64<N>;
  using constants = quarter_turn<double>;
  constexpr bool fused = HWY_NATIVE_FMA != 0;
  constexpr float limit = fused ? 0x1p40f : 0x1p20f;
  const V wide = cast<double>(x);
  V whole = wide * V(constants::inverse) + V(rounding_shift<double> + offset);
  const V n = whole - V(rounding_shift<double> + offset);
  // Unfused, n times the first word, of 33 bits, is exact.
  V rest;
  if constexpr (fused) {
    rest = fnma(n, V(constants::far[0]), fnma(n, V(constants::first), wide));
  } else {
    rest = (wide - n * V(0x1.921fb544p0)) - n * V(0x1.0b4611a626331p-34);
  }
  if (any(!(abs(x) <= simd<float, N>(limit)))) [[unlikely]] {
    const auto huge = !(abs(wide) <= V(static_cast<double>(limit)));
    const auto angle = huge_angle<offset>(wide);
    rest = select(huge, angle.hi, rest);
    whole = select(huge, bit_cast<double>(angle.quadrant), whole);
  }
  return {rest, bit_cast<std::uint64_t>(whole)};
}

/// The same in two words of f32.
template <int offset, std::size_t N>
LANEWISE_TARGET_INLINE reduced_angle<float, N> angle_by_f64(simd<float, N> x) {
  const auto angle = angle_in_f64<offset>(x);
  const auto hi = cast<float>(angle.rest);
  return {hi, cast<float>(cast<double>(hi) - angle.rest), cast<std::uint32_t>(angle.quadrant)};
}

/// a where m is true, b elsewhere.
template <class T, std::size_t N>
LANEWISE_TARGET_INLINE reduced_angle<T, N> select_angle(mask<T, N> m, reduced_angle<T, N> a, reduced_angle<T, N> b) {
  using bits = typename reduced_angle<T, N>::bits;
  const auto quadrant = select(m, bit_cast<T>(a.quadrant), bit_cast<T>(b.quadrant));
  return {select(m, a.hi, b.hi), select(m, a.negated_lo, b.negated_lo), bit_cast<bits>(quadrant)};
}

/// |x| > limit, or x is NaN. Whole numbers compare in one instruction so.
template <class T, std::size_t N>
LANEWISE_TARGET_INLINE mask<T, N> exceeds(simd<T, N> x, T limit) {
  using integer = std::conditional_t<sizeof(T) == 4, std::int32_t, std::int64_t>;
  return bit_cast<integer>(abs(x)) > simd<integer, N>(std::bit_cast<integer>(limit));
}

/// x as quarter turns. `offset` is added to the quadrant at no cost. negated_lo is +0 and hi = x where x is less than
/// an eighth of a turn, -0 included. `tight` is for tan, which doubles what the second word lacks.
template <int offset, bool tight = false, std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE reduced_angle<T, N> reduce_angle(simd<T, N> x) {
  using V = simd<T, N>;
  using constants = quarter_turn<T>;
  using bits = typename reduced_angle<T, N>::bits;
  if constexpr (HWY_NATIVE_FMA != 0) {
    constexpr T shift = rounding_shift<T> + T(offset);
    const V whole = fma(x, V(constants::inverse), V(shift));
    const V n = whole - V(shift);
    const V first = fnma(n, V(constants::first), x);
    const V hi = fnma(n, V(constants::quick[0]), first);
    const V lo = fma(n, V(constants::quick[1]), fma(n, V(constants::quick[0]), hi - first));
    reduced_angle<T, N> result{hi, lo, bit_cast<bits>(whole)};
    const mask<T, N> is_far = exceeds(x, constants::quick_limit);
    if (any(is_far)) [[unlikely]] {
      // n may be the second nearest where the last bits of `inverse` count.
      const V off = nearbyint(fma(x, V(constants::rest_of_inverse), fms(x, V(constants::inverse), n)));
      const V m = n + off;
      // `start` is still exact, and a multiple of the last bit of the product that is subtracted from it.
      const V start = fnma(m, V(constants::first), x);
      const V product = rounded(m * V(constants::far[0]));
      const V far_hi = start - product;
      const V far_lo =
          (product - (start - far_hi)) + fma(m, V(constants::far[1]), fms(m, V(constants::far[0]), product));
      // A lane's result does not depend on its neighbours.
      result = select_angle(is_far, {far_hi, far_lo, bit_cast<bits>(whole + off)}, result);
      const auto huge = !(abs(x) <= V(tight && sizeof(T) == 4 ? T(0x1p17) : constants::far_limit));
      if (any(huge)) [[unlikely]] {
        if constexpr (sizeof(T) == 4) {
          result = select_angle(huge, angle_by_f64<offset>(x), result);
        } else {
          result = select_angle(huge, huge_angle<offset>(x), result);
        }
      }
    }
    return result;
  } else {
    auto result = quick_angle_unfused<offset>(x);
    const auto huge = !(abs(x) <= V(constants::quick_limit));
    if (any(huge)) [[unlikely]]
      result = select_angle(huge, huge_angle<offset>(x), result);
    return result;
  }
}

/// True where the lowest bit is set.
template <class T, std::size_t N, class U>
LANEWISE_TARGET_INLINE mask<T, N> is_odd(simd<U, N> whole) {
  return mask<T, N>::make([&](auto r) LANEWISE_ATTR_INLINE {
    constexpr typename simd<U, N>::tag integer;
    constexpr typename simd<T, N>::tag real;
    if constexpr (has_avx512) {
      return hn::RebindMask(real, hn::TestBit(whole.native(r), hn::Set(integer, 1)));
    } else {
      const auto sign = hn::ShiftLeft<8 * sizeof(T) - 1>(whole.native(r));
      return hn::MaskFromVec(
          hn::BitCast(real, hn::BroadcastSignBit(hn::BitCast(hn::RebindToSigned<decltype(integer)>(), sign))));
    }
  });
}

/// Constants and values that depend on the lowest bit of a whole number.
template <class T, std::size_t N, class U>
struct by_parity {
  using V = simd<T, N>;
  simd<U, N> whole;

  LANEWISE_TARGET_INLINE V constant(T if_even, T if_odd) const {
    if constexpr (has_avx2) {
      return V::make([&](auto r) LANEWISE_ATTR_INLINE { return constant_by_parity(whole.native(r), if_even, if_odd); });
    } else {
      return select(is_odd<T>(whole), V(if_odd), V(if_even));
    }
  }
  LANEWISE_TARGET_INLINE V choose(V if_even, V if_odd) const {
    if constexpr (has_avx2) {  // its blend looks at the sign
      const V sign = bit_cast<T>(whole << (8 * sizeof(T) - 1));
      return V::make([&](auto r) LANEWISE_ATTR_INLINE {
        return hn::IfNegativeThenElse(sign.native(r), if_odd.native(r), if_even.native(r));
      });
    } else {
      return select(is_odd<T>(whole), if_odd, if_even);
    }
  }
};

/// x with its sign flipped where bit number `bit` is set.
template <int bit, class T, std::size_t N, class U>
LANEWISE_TARGET_INLINE simd<T, N> flip_sign(simd<T, N> x, simd<U, N> whole) {
  constexpr int top = 8 * sizeof(T) - 1;
  const simd<U, N> sign = whole << (top - bit), bits = bit_cast<U>(x);
  if constexpr (bit == 0) {
    return bit_cast<T>(bits ^ sign);
  } else {
    return bit_cast<T>(bits ^ (sign & simd<U, N>(U(1) << top)));
  }
}

}  // namespace impl
LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_MATH_DETAIL_REDUCE_ANGLE_HPP
