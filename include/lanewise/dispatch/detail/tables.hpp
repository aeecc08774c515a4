// SPDX-License-Identifier: MIT
// One target's kernels of a family, put into its table.

#include <tuple>

#include "lanewise/kernels/detail/backend.hpp"

#if defined(LANEWISE_DISPATCH_DETAIL_TABLES_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_DISPATCH_DETAIL_TABLES_HPP
#undef LANEWISE_DISPATCH_DETAIL_TABLES_HPP
#else
#define LANEWISE_DISPATCH_DETAIL_TABLES_HPP
#endif

LANEWISE_BEGIN_TARGET
namespace impl {

template <class... Kernels>
const std::tuple<Kernels...>& family(const std::tuple<Kernels...>*) {
  static constexpr std::tuple<Kernels...> tables{backend<Kernels>()...};
  return tables;
}

}  // namespace impl
LANEWISE_END_TARGET

#endif  // LANEWISE_DISPATCH_DETAIL_TABLES_HPP
