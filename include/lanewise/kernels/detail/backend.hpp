// SPDX-License-Identifier: MIT
// Where the public kernels send their work: to this build's target, or, in a program that links lanewise::dispatch, to
// the target chosen at run time. Both answer `backend<detail::reduce_kernels<T>>()` with a table of function pointers;
// the former is a constant, so that its calls are direct and inlined.

#include "lanewise/config/highway.hpp"
#include "lanewise/dispatch/dispatch.hpp"

#ifndef LANEWISE_KERNELS_DETAIL_BACKEND_MODE
#define LANEWISE_KERNELS_DETAIL_BACKEND_MODE
/// 1 where the public kernels are those of the dispatch library; not in files compiled for several targets, where the
/// kernels of a target call that target's own.
#if defined(LANEWISE_DISPATCH) && !defined(HWY_TARGET_INCLUDE)
#define LANEWISE_KERNELS_DISPATCHED 1
#define LANEWISE_BEGIN_KERNELS \
  namespace lanewise {         \
  inline namespace LANEWISE_NAME_WITH_FLAGS(dispatched_flags_) {
#define LANEWISE_END_KERNELS \
  }                          \
  }
#else
#define LANEWISE_KERNELS_DISPATCHED 0
#define LANEWISE_BEGIN_KERNELS LANEWISE_BEGIN_TARGET
#define LANEWISE_END_KERNELS LANEWISE_END_TARGET
#endif
#endif

#if defined(LANEWISE_KERNELS_DETAIL_BACKEND_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_KERNELS_DETAIL_BACKEND_HPP
#undef LANEWISE_KERNELS_DETAIL_BACKEND_HPP
#else
#define LANEWISE_KERNELS_DETAIL_BACKEND_HPP
#endif

LANEWISE_BEGIN_KERNELS

#if !LANEWISE_KERNELS_DISPATCHED
namespace impl {
struct this_target;  // only ever a pointer: makes target_kernels be looked up among this target's
}
#endif

#if LANEWISE_KERNELS_DISPATCHED
template <class Kernels>
LANEWISE_INLINE const Kernels& backend() {
  return chosen_kernels(static_cast<const Kernels*>(nullptr));
}
#else
template <class Kernels>
constexpr Kernels backend() {
  return target_kernels(static_cast<const Kernels*>(nullptr), static_cast<impl::this_target*>(nullptr));
}
#endif

LANEWISE_END_KERNELS

#endif  // LANEWISE_KERNELS_DETAIL_BACKEND_HPP
