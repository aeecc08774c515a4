// SPDX-License-Identifier: MIT
// asinh, acosh, atanh: log(1 + t) of a t that is known to twice the precision.

#include "lanewise/simd/math/detail/log_parts.hpp"
#include "lanewise/simd/math/max_ulp.hpp"

#if defined(LANEWISE_SIMD_MATH_INVERSE_HYPERBOLIC_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_SIMD_MATH_INVERSE_HYPERBOLIC_HPP
#undef LANEWISE_SIMD_MATH_INVERSE_HYPERBOLIC_HPP
#else
#define LANEWISE_SIMD_MATH_INVERSE_HYPERBOLIC_HPP
#endif

LANEWISE_BEGIN_TARGET
namespace impl {

/// sqrt(hi + lo), the second part to 20 bits. hi = lo = 0 gives 0.
template <class V>
LANEWISE_TARGET_INLINE double_word<V> root_of(V hi, V lo) {
  using T = typename V::value_type;
  const V root = sqrt(hi);
  const V not_zero = root + V(smallest_normal<T>);
  V inverse;
  if constexpr (sizeof(T) == 4 || has_avx512) {
    const V estimate = V::make([&](auto r) LANEWISE_ATTR_INLINE {
      if constexpr (has_avx512) {
        return inverse_estimate(not_zero.native(r));
      } else {
        return hn::ApproximateReciprocal(not_zero.native(r));
      }
    });
    inverse = fma(fnma(not_zero, estimate, V(T(1))), estimate, estimate);
  } else {
    inverse = V(T(1)) / not_zero;
  }
  V rest;
  if constexpr (HWY_NATIVE_FMA != 0) {
    rest = fnma(root, root, hi);
  } else {
    const V square = root * root;
    rest = (hi - square) - product_error(root, root, square);
  }
  return {root, (rest + lo) * (V(T(0.5)) * inverse)};
}

/// log(1 + t), but log(2 x) where x is so large that all else is lost.
template <class V>
LANEWISE_TARGET_INLINE V log_of_one_plus_or_twice(V t, V t_lo, V x, V extra) {
  using T = typename V::value_type;
  const auto large = x > V(sizeof(T) == 4 ? T(0x1p14) : T(0x1p29));
  if constexpr (sizeof(T) ==
                4) {  // t_lo may be 2 units in the last place of t, too many for the division of the rest by 1 + f
    const auto [hi, lo] = fast_two_sum(t, t_lo);
    t = hi;
    t_lo = lo;
  }
  // x - 1 + 1 is x, the difference being exact or, where it is not, nothing to the logarithm.
  return log_of_one_plus(select(large, x - V(T(1)), t), select(large, V(T(0)), t_lo),
                         select(large, extra + V(T(1)), extra));
}

}  // namespace impl

/// The inverse hyperbolic sine; keeps the sign of zeros, infinities and NaN. Error: at most max_ulp::asinh.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> asinh(simd<T, N> x) {
  using V = simd<T, N>;
  const auto core = [](V a, V extra) LANEWISE_ATTR_INLINE {
    // t = a + (sqrt(1 + a^2) - 1)
    const V one(T(1)), square = impl::rounded(a * a);
    const V larger = max(square, one), smaller = min(square, one), sum = larger + smaller;
    const auto root = impl::root_of(sum, (smaller - (sum - larger)) + impl::product_error(a, a, square));
    const auto t = impl::fast_two_sum(a, root.hi - one);
    return impl::log_of_one_plus_or_twice(t.hi, t.lo + root.lo, a, extra);
  };
  const V size = abs(x), huge(impl::huge_argument<T>);
  if (!all(size < huge)) [[unlikely]] {
    const auto is_huge = size >= huge;
    const V result =
        core(select(is_huge, size * V(impl::huge_down<T>), size), select(is_huge, V(impl::huge_exponent<T>), T(0)));
    return select(size < V(impl::infinity<T>), copysign(result, x), x + x);
  }
  return copysign(core(size, V(T(0))), x);
}

/// The inverse hyperbolic cosine: +0 at 1, NaN below, inf at infinity. Error: at most max_ulp::acosh.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> acosh(simd<T, N> x) {
  using V = simd<T, N>;
  const auto core = [](V a, V extra) LANEWISE_ATTR_INLINE {
    // t = u + sqrt(u (u + 2)), u = a - 1
    const V one(T(1)), u = a - one, v = a + one, v_lo = one - (v - a);
    const V product = impl::rounded(u * v);
    const auto root = impl::root_of(product, fma(u, v_lo, impl::product_error(u, v, product)));
    const auto t = impl::fast_two_sum(root.hi, u);
    return impl::log_of_one_plus_or_twice(t.hi, t.lo + root.lo, a, extra);
  };
  const V huge(impl::huge_argument<T>);
  const auto inside = (x >= V(T(1))) & (x < huge);
  if (!all(inside)) [[unlikely]] {
    const auto is_huge = x >= huge;
    const V result = core(select(x >= V(T(1)), select(is_huge, x * V(impl::huge_down<T>), x), T(1)),
                          select(is_huge, V(impl::huge_exponent<T>), T(0)));
    return select(x < V(impl::infinity<T>), select(x >= V(T(1)), result, V(impl::quiet_nan<T>)), x);
  }
  return core(x, V(T(0)));
}

/// The inverse hyperbolic tangent: infinities at -1 and 1, NaN beyond; keeps zeros. Error: at most max_ulp::atanh.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> atanh(simd<T, N> x) {
  using V = simd<T, N>;
  const auto core = [](V a) LANEWISE_ATTR_INLINE {
    // log((1 + a) / (1 - a)) / 2, t = 2 a / (1 - a)
    const V one(T(1)), d = one - a, d_lo = (one - d) - a, numerator = a + a;
    const V inverse = one / d;
    const V t = impl::rounded(numerator * inverse);
    V rest;
    if constexpr (HWY_NATIVE_FMA != 0) {
      rest = fnma(t, d_lo, fnma(t, d, numerator));
    } else {
      const V product = t * d;
      rest = ((numerator - product) - impl::product_error(t, d, product)) - t * d_lo;
    }
    return V(T(0.5)) * impl::log_of_one_plus(t, rest * inverse, V(T(0)));
  };
  const V size = abs(x);
  const auto inside = size < V(T(1));
  if (!all(inside)) [[unlikely]] {
    const V beyond = select(size == V(T(1)), V(impl::infinity<T>), V(impl::quiet_nan<T>));
    return copysign(select(inside, core(select(inside, size, T(0))), beyond), x);
  }
  return copysign(core(size), x);
}

LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_MATH_INVERSE_HYPERBOLIC_HPP
