// SPDX-License-Identifier: MIT
// Floats taken apart and put together: frexp, ldexp, fmod. All exact, or rounded once where the result is subnormal.

#include <cstdint>
#include <type_traits>

#include "lanewise/config/avx512.hpp"
#include "lanewise/simd/arithmetic.hpp"
#include "lanewise/simd/convert.hpp"
#include "lanewise/simd/math/detail/double_word.hpp"
#include "lanewise/simd/reduce.hpp"
#include "lanewise/simd/round.hpp"

#if defined(LANEWISE_SIMD_MATH_PARTS_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_SIMD_MATH_PARTS_HPP
#undef LANEWISE_SIMD_MATH_PARTS_HPP
#else
#define LANEWISE_SIMD_MATH_PARTS_HPP
#endif

LANEWISE_BEGIN_TARGET

/// What frexp returns: x = significand * 2^exponent.
template <std::floating_point T, std::size_t N>
struct frexp_result {
  simd<T, N> significand;
  simd<std::int32_t, N> exponent;
};

namespace impl {

/// The layout of T's bits: sign, biased exponent, `digits` - 1 bits of the significand.
template <class T>
struct float_bits {
  using unsigned_type = std::uint32_t;
  using signed_type = std::int32_t;
  static constexpr int digits = 24, bias = 127;
  static constexpr float min_normal = 0x1p-126f, max_finite = 0x1.fffffep127f;
};
template <>
struct float_bits<double> {
  using unsigned_type = std::uint64_t;
  using signed_type = std::int64_t;
  static constexpr int digits = 53, bias = 1023;
  static constexpr double min_normal = 0x1p-1022, max_finite = 0x1.fffffffffffffp1023;
};

/// Finite and not zero, which is what frexp and ldexp have to work on.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE mask<T, N> is_finite_nonzero(simd<T, N> x) {
  const simd<T, N> magnitude = abs(x);
  return (magnitude > simd<T, N>(T(0))) & (magnitude <= simd<T, N>(float_bits<T>::max_finite));
}

/// x, subnormals times 2^digits, and the bits of its biased exponent less `digits` for those.
template <std::floating_point T, std::size_t N>
struct normalized {
  using bits = float_bits<T>;
  using integers = simd<typename bits::signed_type, N>;

  LANEWISE_TARGET_INLINE explicit normalized(simd<T, N> x) {
    const mask<T, N> subnormal = abs(x) < simd<T, N>(bits::min_normal);
    constexpr T up = static_cast<T>(std::uint64_t{1} << bits::digits);
    value = bit_cast<typename bits::unsigned_type>(select(subnormal, x * up, x));
    const auto lost = bit_cast<typename bits::unsigned_type>(
        select(subnormal, simd<T, N>(std::bit_cast<T>(static_cast<typename bits::unsigned_type>(bits::digits))), T(0)));
    exponent = bit_cast<typename bits::signed_type>(((value << 1) >> bits::digits) - lost);
  }

  simd<typename bits::unsigned_type, N> value;
  integers exponent;
};

/// x * 2^n rounded once, n within +-2^20: from integers on, since two products could round twice.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> scale_by_bits(simd<T, N> x, simd<typename float_bits<T>::signed_type, N> n) {
  using bits = float_bits<T>;
  using integer = typename bits::signed_type;
  using unsigned_integer = typename bits::unsigned_type;
  using I = simd<integer, N>;
  const normalized<T, N> parts(x);
  const I exponent = parts.exponent + n;
  // The result is a product of a normal number and 2^shift, 1 or 2^-shift, whichever brings it to where it belongs.
  constexpr integer shift = bits::digits + 10;
  constexpr T down = T(1) / (T(std::uint64_t{1} << 32) * T(std::uint64_t{1} << (shift - 32)));
  const mask<integer, N> low = exponent<I(integer(1)), high = exponent> I(integer(2 * bits::bias));
  const I wanted = min(max(exponent, I(integer(1 - shift))), I(integer(2 * bits::bias + shift)));
  const I field = select(low, wanted + I(shift), select(high, wanted - I(shift), wanted));
  const I factor = select(low, I(std::bit_cast<integer>(down)),
                          select(high, I(std::bit_cast<integer>(1 / down)), I(std::bit_cast<integer>(T(1)))));
  constexpr unsigned_integer exponent_bits = static_cast<unsigned_integer>(2 * bits::bias + 1) << (bits::digits - 1);
  const auto packed = (parts.value & simd<unsigned_integer, N>(static_cast<unsigned_integer>(~exponent_bits))) |
                      (bit_cast<unsigned_integer>(field) << (bits::digits - 1));
  return select(is_finite_nonzero(x), bit_cast<T>(packed) * bit_cast<T>(factor), x + x);
}

/// One step of fmod: x less a multiple of y that leaves less, exactly; |x| >= y > 0. `quotient` is x / y, rounded.
///
/// With fused multiply-add the whole quotient serves: what a division leaves is a float. Else its upper half, whose
/// products with the halves of y are exact. A quotient that was rounded up leaves a negative rest.
template <class V>
LANEWISE_TARGET_INLINE V less_multiple(V x, V y, V quotient) {
  if constexpr (HWY_NATIVE_FMA != 0) {
    return fnma(trunc(quotient), y, x);
  } else {
    const V q = trunc(upper_bits(quotient));
    const V y_hi = upper_bits(y);
    return (x - q * y_hi) - q * (y - y_hi);
  }
}

}  // namespace impl

/// x as a significand in [0.5, 1), with x's sign, and a power of two. Zeros, infinities and NaN are their own
/// significand, with exponent 0. Exact.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE frexp_result<T, N> frexp(simd<T, N> x) {
  using bits = impl::float_bits<T>;
  using integer = typename bits::signed_type;
  using unsigned_integer = typename bits::unsigned_type;
  const mask<T, N> ordinary = impl::is_finite_nonzero(x);
  const impl::normalized<T, N> parts(x);
  constexpr unsigned_integer exponent_bits = static_cast<unsigned_integer>(2 * bits::bias + 1) << (bits::digits - 1);
  constexpr unsigned_integer of_half = std::bit_cast<unsigned_integer>(T(0.5));
  const auto significand = (parts.value & simd<unsigned_integer, N>(static_cast<unsigned_integer>(~exponent_bits))) |
                           simd<unsigned_integer, N>(of_half);
  const simd<integer, N> exponent = parts.exponent - simd<integer, N>(integer(bits::bias - 1));
  const simd<integer, N> masked = bit_cast<integer>(select(ordinary, bit_cast<T>(exponent), T(0)));
  return {select(ordinary, bit_cast<T>(significand), x), cast<std::int32_t>(masked)};
}

/// x * 2^n for any n, rounded once: overflow to infinity, subnormal results rounded to nearest even, zeros of x's sign;
/// zeros, infinities and NaN stay. Error: 0.5 ULP, and 0 unless the result is subnormal.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> ldexp(simd<T, N> x, simd<std::int32_t, N> n) {
  using V = simd<T, N>;
  using I = simd<std::int32_t, N>;
  constexpr std::int32_t enough = 4 * impl::float_bits<T>::bias;  // from the smallest subnormal to infinity and back
  const I in_range = min(max(n, I(-enough)), I(enough));
  if constexpr (impl::has_avx512) {
    const V power = cast<T>(in_range);
    return V::apply([](auto a, auto b) LANEWISE_ATTR_INLINE { return impl::scale(a, b); }, x, power);
  } else {
    return impl::scale_by_bits(x, cast<typename impl::float_bits<T>::signed_type>(in_range));
  }
}
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> ldexp(simd<T, N> x, std::int32_t n) {
  return ldexp(x, simd<std::int32_t, N>(n));
}

namespace impl {

/// fmod of x >= 0 and y >= 0 of any size.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> fmod_in_steps(simd<T, N> x, simd<T, N> y) {
  using V = simd<T, N>;
  constexpr T huge = float_bits<T>::max_finite;
  constexpr T up = sizeof(T) == 4 ? T(0x1p100) : T(0x1p1000);
  const mask<T, N> defined = (x <= V(huge)) & (y > V(T(0)));  // false for NaN
  V rest = select(defined, x, std::numeric_limits<T>::quiet_NaN());
  for (mask<T, N> more = rest >= y; any(more); more = abs(rest) >= y) {
    V step = y;
    V quotient = rest / step;
    if (any(more & (abs(quotient) > V(huge)))) [[unlikely]] {  // by 2^1000 y, 2^2000 y first
      for (int i = 0; i < 2; ++i) {
        step = select(abs(quotient) > V(huge), step * up, step);
        quotient = rest / step;
      }
    }
    rest = select(more, less_multiple(rest, step, quotient), rest);
  }
  rest = select(rest < V(T(0)), rest + y, rest);
  return select(is_nan(y), y, rest);
}

}  // namespace impl

/// What division of x by y to a whole quotient, rounded towards zero, leaves; it has x's sign, also where it is zero.
/// Exact for every quotient, in a step per 53 of its bits with fused multiply-add (f32: 24), per 26 (f32: 12) without.
/// NaN for infinite x, for y = 0 and where either is NaN; x for infinite y.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> fmod(simd<T, N> x, simd<T, N> y) {
  using V = simd<T, N>;
  const V dividend = abs(x), divisor = abs(y);
  V rest = impl::less_multiple(dividend, divisor, dividend / divisor);
  const auto unfinished = !(abs(rest) < divisor);
  rest = select(rest < V(T(0)), rest + divisor, rest);
  if (any(unfinished)) [[unlikely]]
    rest = impl::fmod_in_steps(dividend, divisor);
  return copysign(rest, x);
}

namespace fast {

/// fmod for finite y and |x / y| below 2^53 (f32: 2^24), but for the sign of zeros, and where x is so close to a
/// multiple of y that x / y is rounded to it: there x less that multiple, of the other sign than x. Exact. 1.4 times as
/// fast for f64 (Zen 5, 2026-11) where there is fused multiply-add, else the same as fmod.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> fmod(simd<T, N> x, simd<T, N> y) {
  if constexpr (HWY_NATIVE_FMA != 0) {
    return impl::less_multiple(x, y, x / y);
  } else {
    return HWY_NAMESPACE::fmod(x, y);
  }
}

}  // namespace fast

LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_MATH_PARTS_HPP
