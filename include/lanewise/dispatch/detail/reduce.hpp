// SPDX-License-Identifier: MIT
// The reductions in the dispatch library. Read once for each target; no include guard.

#include "lanewise/dispatch/detail/tables.hpp"
#include "lanewise/kernels/detail/reduce.hpp"

LANEWISE_BEGIN_KERNEL_FILE(lanewise::detail)
const reduce_family& reduce() { return lw::impl::family(static_cast<reduce_family*>(nullptr)); }
LANEWISE_END_KERNEL_FILE

#if LANEWISE_ONCE
namespace lanewise::detail {
LANEWISE_EXPORT(reduce);
const reduce_family& chosen_reduce_family() { return LANEWISE_CALL(reduce)(); }
}  // namespace lanewise::detail
#endif
