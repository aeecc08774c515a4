// SPDX-License-Identifier: MIT
#include "unchecked_part.hpp"

#include <cstddef>
#include <utility>

static_assert(!lanewise::detail::checked_access);

namespace unchecked_part {

lanewise::matrix<int> make(std::size_t rows, std::size_t cols) { return lanewise::matrix<int>(rows, cols, 3); }

// By value: the caller's matrix is destroyed or overwritten by code of this object.
void end(lanewise::matrix<int> owner) {
  const lanewise::matrix<int> last(std::move(owner));
  (void)last;
}

int element(lanewise::matrix_view<const int> v, std::size_t i, std::size_t j) { return v(i, j); }

lanewise::matrix_view<int> first_row(lanewise::matrix<int>& owner) { return owner.view().block(0, 0, 1, owner.cols()); }

}  // namespace unchecked_part
