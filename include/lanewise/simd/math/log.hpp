// SPDX-License-Identifier: MIT
// Logarithms: log, log2, log10, log1p.
//
// Where nothing else is said: -inf at zero, NaN below, inf at infinity, NaN for NaN; +0 at 1; subnormal arguments
// count.

#include "lanewise/simd/math/detail/log_parts.hpp"
#include "lanewise/simd/math/max_ulp.hpp"

#if defined(LANEWISE_SIMD_MATH_LOG_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_SIMD_MATH_LOG_HPP
#undef LANEWISE_SIMD_MATH_LOG_HPP
#else
#define LANEWISE_SIMD_MATH_LOG_HPP
#endif

LANEWISE_BEGIN_TARGET
namespace impl {

/// core(f, e) for x = 2^e (1 + f), 1 + f in the range, and a logarithm's special values.
template <split_at range, class T, std::size_t N, class Core>
LANEWISE_TARGET_INLINE simd<T, N> logarithm(simd<T, N> x, Core core) {
  using V = simd<T, N>;
  if constexpr (has_avx512) {
    const auto [m, e] = split_exponent<range>(x);
    return core(m - V(T(1)), e);
  } else {
    if (any(not_normal_positive(x))) [[unlikely]] {
      const auto subnormal = x < V(smallest_normal<T>);
      const V up(static_cast<T>(std::uint64_t(1) << mantissa_bits<T>));
      const auto [m, e] = split_exponent<range>(select(subnormal, x * up, x));
      V result = core(m - V(T(1)), select(subnormal, e - V(T(mantissa_bits<T>)), e));
      result = select(x > V(T(0)), result, select(x == V(T(0)), V(-infinity<T>), V(quiet_nan<T>)));
      return select(x == V(infinity<T>), x, result);
    }
    const auto [m, e] = split_exponent<range>(x);
    return core(m - V(T(1)), e);
  }
}

}  // namespace impl

/// The natural logarithm. Error: at most max_ulp::log.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> log(simd<T, N> x) {
  using V = simd<T, N>;
  if constexpr (sizeof(T) == 8 && impl::has_avx512) {
    return impl::log_by_table(detail::logarithms_e, x, 1, 0, impl::ln2_upper<T>, impl::ln2_lower<T>);
  } else {
    return impl::logarithm<impl::split_at::three_halves>(
        x, [](V f, V e) LANEWISE_ATTR_INLINE { return impl::natural_log<false>(f, V(T(2)) + f, e, T(1)); });
  }
}

/// The logarithm to base 2; exact for powers of 2. Error: at most max_ulp::log2.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> log2(simd<T, N> x) {
  using V = simd<T, N>;
  if constexpr (sizeof(T) == 8 && impl::has_avx512) {
    return impl::log_by_table(detail::logarithms_2, x, 0x1.71547652b82fep+0, 0x1.777d0ffda0d24p-56, 1, 0);
  }
  return impl::logarithm<impl::split_at::sqrt_2>(x, [](V f, V e) LANEWISE_ATTR_INLINE {
    if constexpr (sizeof(T) == 4) {
      // sollya: fpminimax(log2(1 + x) / x, [|1, ..., 9|], [|SG...|], [sqrt(1/2) - 1; sqrt(2) - 1], relative, 1 /
      // log(2)); relative error 2^-27.7.
      const V f2 = impl::rounded(f * f);
      const V q = impl::paired(f, f2, T(0.4808982014656066895), T(-0.3606978654861450195), T(0.288570225238800049),
                               T(-0.2395963817834854126), T(0.204541236162185669), T(-0.1911523640155792236),
                               T(0.1865504086017608643), T(-0.1102058291435241699));
      constexpr T c2(-0.721347332000732422);
      if constexpr (HWY_NATIVE_FMA != 0) {
        const V low = fma(f2, fma(f, q, V(c2)), f * V(T(0x1.4ae0cp-26)));
        return e + fma(f, V(T(0x1.715476p+0)), low);
      } else {
        const V f_short = impl::upper_bits(f);  // 12 bits; the constant has as many
        const V low = (f - f_short) * V(T(0x1.714p+0)) + f * V(T(0x1.47652cp-12)) + f * f2 * q;
        const auto [hi, lo] = impl::fast_two_sum(f_short * V(T(0x1.714p+0)), f2 * V(c2));
        return e + (hi + (lo + low));
      }
    } else {
      return e + impl::scaled_log(f, T(0x1.71547652b82fep+0), T(0x1.777d0ffda0d24p-56), V(T(0)));
    }
  });
}

/// The logarithm to base 10. Error: at most max_ulp::log10.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> log10(simd<T, N> x) {
  using V = simd<T, N>;
  if constexpr (sizeof(T) == 8 && impl::has_avx512) {
    return impl::log_by_table(detail::logarithms_10, x, 0x1.bcb7b1526e50ep-2, 0x1.95355baaafad3p-57,
                              impl::log10_2_hi<T>, impl::log10_2_lo<T>);
  }
  return impl::logarithm<impl::split_at::sqrt_2>(x, [](V f, V e) LANEWISE_ATTR_INLINE {
    const V e_hi = e * V(impl::log10_2_hi<T>), e_lo = e * V(impl::log10_2_lo<T>);
    if constexpr (sizeof(T) == 4) {
      // sollya: fpminimax(log10(1 + x) / x, [|1, ..., 9|], [|SG...|], [sqrt(1/2) - 1; sqrt(2) - 1], relative,
      // 1 / log(10)); relative error 2^-27.7.
      const auto polynomial = [&](V f2, auto... first) LANEWISE_ATTR_INLINE {
        return impl::paired(f, f2, first..., T(0.1447647958993911743), T(-0.1085807457566261292),
                            T(8.68675410747528076e-2), T(-7.21275955438613892e-2), T(6.15869276225566864e-2),
                            T(-5.75430244207382202e-2), T(5.6077420711517334e-2), T(-3.30784842371940613e-2));
      };
      constexpr T c2(-0.2171471863985061646);
      if constexpr (HWY_NATIVE_FMA != 0) {
        const V low = fma(f * f, polynomial(f * f, c2), fma(f, V(T(-0x1.5b235ep-27)), e_lo));
        return fma(e, V(impl::log10_2_hi<T>), fma(f, V(T(0x1.bcb7b2p-2)), low));
      } else {
        const V f2 = impl::rounded(f * f), f_short = impl::upper_bits(f);
        const V low = (f - f_short) * V(T(0x1.bcap-2)) + f * V(T(0x1.7b1526p-14)) + f * f2 * polynomial(f2);
        const auto [hi, lo] = impl::fast_two_sum(f_short * V(T(0x1.bcap-2)), f2 * V(c2));
        return e_hi + (hi + (lo + (low + e_lo)));
      }
    } else {
      return fma(e, V(impl::log10_2_hi<T>),
                 impl::scaled_log(f, T(0x1.bcb7b1526e50ep-2), T(0x1.95355baaafad3p-57), e_lo));
    }
  });
}

/// log(1 + x), accurate for small x too. -inf at -1, NaN below; the sign of zeros is kept. Error: at most
/// max_ulp::log1p.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> log1p(simd<T, N> x) {
  using V = simd<T, N>;
  // With f32, 1 + x for |x| a little less; not so near -1.
  const auto near_sum_of = [](V v) LANEWISE_ATTR_INLINE {
    return sizeof(T) == 4 ? fma(v, V(T(1) - std::numeric_limits<T>::epsilon()), V(T(1))) : V(T(1)) + v;
  };
  const V near_sum = near_sum_of(x);
  constexpr T smallest = impl::pick<T>(0x1p-11f, 0x1p-54);
  if (any(impl::outside_positive(near_sum, smallest, impl::huge_argument<T>))) [[unlikely]] {
    const auto is_huge = x >= V(impl::huge_argument<T>);
    const V bounded = select(is_huge, x * V(impl::huge_down<T>), x);
    V result =
        impl::log_of_one_plus_near(bounded, select(near_sum < V(smallest), V(T(1)) + bounded, near_sum_of(bounded)),
                                   select(is_huge, V(impl::huge_exponent<T>), V(T(0))));
    result = select(x > V(T(-1)), result, select(x == V(T(-1)), V(-impl::infinity<T>), V(impl::quiet_nan<T>)));
    return select(x == V(impl::infinity<T>), x, result);
  }
  return impl::log_of_one_plus_near(x, near_sum, impl::nothing());
}

LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_MATH_LOG_HPP
