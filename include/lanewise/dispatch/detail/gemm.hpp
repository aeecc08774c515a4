// SPDX-License-Identifier: MIT
// Matrix multiplication in the dispatch library. Read once for each target; no include guard.

#include "lanewise/dispatch/detail/tables.hpp"
#include "lanewise/kernels/detail/gemm.hpp"

LANEWISE_BEGIN_KERNEL_FILE(lanewise::detail)
const gemm_family& gemm() { return lw::impl::family(static_cast<gemm_family*>(nullptr)); }
LANEWISE_END_KERNEL_FILE

#if LANEWISE_ONCE
namespace lanewise::detail {
LANEWISE_EXPORT(gemm);
const gemm_family& chosen_gemm_family() { return LANEWISE_CALL(gemm)(); }
}  // namespace lanewise::detail
#endif
