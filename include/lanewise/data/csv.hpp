// SPDX-License-Identifier: MIT
#pragma once
// Reads a matrix of numbers from a text file. Opt-in, not part of lanewise.hpp: includes
// <charconv>, <filesystem>, <fstream> and <sstream>.

#include <charconv>
#include <concepts>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <limits>
#include <locale>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>

#include "lanewise/config/macros.hpp"
#include "lanewise/data/matrix.hpp"

LANEWISE_BEGIN_NAMESPACE

/// Which part of the file to read. Lines and columns count from 0 here, from 1 in error messages.
struct csv_options {
  static constexpr std::size_t all = std::numeric_limits<std::size_t>::max();

  std::size_t skip_lines = 0;    ///< Lines in front of the numbers, such as a header.
  char separator = ',';          ///< Between two cells of a line.
  std::size_t first_column = 0;  ///< Columns before this one are not read as numbers.
  std::size_t columns = all;     ///< How many columns to read.
};

/// Types that a cell can be read as.
template <class T>
concept csv_number = (std::integral<T> || std::floating_point<T>)&&!std::same_as<T, bool> && !std::same_as<T, char> &&
                     !std::same_as<T, wchar_t>;

LANEWISE_END_NAMESPACE

LANEWISE_BEGIN_DETAIL

/// Position in a file, for messages.
class csv_place {
 public:
  csv_place(const std::filesystem::path& file, std::size_t line) : file_(file), line_(line) {}

  [[noreturn]] void fail(const std::string& what) const {
    throw std::runtime_error("read_csv: " + file_.string() + ", line " + std::to_string(line_ + 1) + ": " + what);
  }
  [[noreturn]] void fail(std::size_t column, const std::string& what) const {
    throw std::runtime_error("read_csv: " + file_.string() + ", line " + std::to_string(line_ + 1) + ", column " +
                             std::to_string(column + 1) + ": " + what);
  }

 private:
  const std::filesystem::path& file_;
  std::size_t line_;
};

/// The text in quotes, shortened, with control characters shown as '?'.
inline std::string quoted(std::string_view text) {
  constexpr std::size_t most = 40;
  std::string result = "\"";
  for (const char c : text.substr(0, most)) {
    result += static_cast<unsigned char>(c) < 32 || c == 127 ? '?' : c;
  }
  return result + (text.size() > most ? "...\"" : "\"");
}

inline std::string read_whole_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) {
    throw std::runtime_error("read_csv: " + file.string() + ": cannot open the file");
  }
  std::string text;
  std::string part(std::size_t{1} << 16, '\0');
  while (in) {
    in.read(part.data(), static_cast<std::streamsize>(part.size()));
    text.append(part, 0, static_cast<std::size_t>(in.gcount()));
  }
  if (in.bad()) {
    throw std::runtime_error("read_csv: " + file.string() + ": cannot read the file");
  }
  return text;
}

/// Takes the first line off the text, without its line ending.
inline std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  if (!line.empty() && line.back() == '\r') {
    line.remove_suffix(1);
  }
  return line;
}

/// Spaces and tabs at both ends do not count, unless they separate the cells.
inline std::string_view trimmed(std::string_view cell, char separator) {
  const auto blank = [separator](char c) { return (c == ' ' || c == '\t') && c != separator; };
  while (!cell.empty() && blank(cell.front())) {
    cell.remove_prefix(1);
  }
  while (!cell.empty() && blank(cell.back())) {
    cell.remove_suffix(1);
  }
  return cell;
}

/// Takes the first cell off the line.
inline std::string_view take_cell(std::string_view& line, char separator) {
  const std::size_t end = line.find(separator);
  const std::string_view cell = line.substr(0, end);
  line.remove_prefix(end == std::string_view::npos ? line.size() : end + 1);
  return trimmed(cell, separator);
}

inline std::size_t count_cells(std::string_view line, char separator) {
  std::size_t cells = 1;
  for (const char c : line) {
    cells += c == separator ? 1 : 0;
  }
  return cells;
}

enum class number_error { none, not_a_number, out_of_range };

/// By the standard stream in the classic locale: for standard libraries without std::from_chars for
/// floating-point types (libc++ before 20), and for what that reports without saying on which side
/// the number is out of range. Same syntax as std::from_chars.
template <std::floating_point T>
number_error parse_by_stream(std::string_view text, T& value) {
  const bool negative = text.starts_with('-');
  std::string word;
  for (const char c : text.substr(negative ? 1 : 0)) {
    word += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  if (word == "inf" || word == "infinity" || word == "nan") {
    value = word == "nan" ? std::numeric_limits<T>::quiet_NaN() : std::numeric_limits<T>::infinity();
    value = negative ? -value : value;
    return number_error::none;
  }
  if (word.find_first_not_of("0123456789.e+-") != std::string::npos || word.starts_with('+')) {
    return number_error::not_a_number;
  }
  std::istringstream in{std::string(text)};
  in.imbue(std::locale::classic());
  T parsed = 0;
  in >> parsed;
  const bool failed = in.fail();
  in.clear();
  if (in.peek() != std::istringstream::traits_type::eof() || (failed && parsed == 0)) {
    return number_error::not_a_number;
  }
  value = parsed;
  return failed && (parsed >= 1 || parsed <= -1) ? number_error::out_of_range : number_error::none;
}

/// The whole of `text` as a number: decimal digits, for floating-point types also a fraction, an
/// exponent, "inf" and "nan"; a sign in front. What is too close to zero for T is rounded. After an
/// error `value` is unspecified.
template <csv_number T>
number_error parse_number(std::string_view text, T& value) {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) {
      return number_error::not_a_number;
    }
  }
  const char* last = text.data() + text.size();
  if constexpr (requires { std::from_chars(last, last, value); }) {
    value = 0;
    const auto [end, error] = std::from_chars(text.data(), last, value);
    if (error == std::errc::invalid_argument || end != last) {
      return number_error::not_a_number;
    }
    if (error == std::errc{}) {
      return number_error::none;
    }
    if constexpr (std::floating_point<T>) {
      value = 0;  // What remains if the stream, too, cannot represent a number so close to zero.
      return parse_by_stream(text, value) == number_error::out_of_range ? number_error::out_of_range
                                                                        : number_error::none;
    } else {
      return number_error::out_of_range;
    }
  } else {
    return parse_by_stream(text, value);
  }
}

template <csv_number T>
std::string number_kind() {
  std::string kind = std::floating_point<T> ? "float" : std::signed_integral<T> ? "int" : "uint";
  return kind + std::to_string(8 * sizeof(T));
}

LANEWISE_END_DETAIL

LANEWISE_BEGIN_NAMESPACE

/// Reads a file of numbers, one row a line.
///
/// Elements: integer and floating-point types. Cells are decimal numbers with optional sign,
/// fraction, exponent, "inf" and "nan", and spaces around them; quoted cells are not understood. A
/// number too small for a floating-point T is rounded to it, also to 0. Lines end with LF or CRLF;
/// empty lines at the end of the file and a UTF-8 mark at its start are ignored. Shapes: one row
/// for each line behind `skip_lines`; all lines have the same number of cells, also in the columns
/// that are not read. Errors: std::runtime_error with file, line and column (counted from 1) if the
/// file cannot be read or has no row, a line has another number of cells, a cell that is read is no
/// number or one that T cannot hold, or the options name columns that do not exist. Never a partial
/// result. Memory: the file and the matrix.
///
///   auto m = lanewise::read_csv<float>("digits.csv", {.columns = 64});  // 1797 x 64
template <csv_number T>
matrix<T> read_csv(const std::filesystem::path& file, const csv_options& options = {}) {
  const std::string_view forbidden = "\r\n+-.0123456789eE";
  if (options.separator == '\0' || forbidden.find(options.separator) != std::string_view::npos) {
    throw std::runtime_error("read_csv: " + file.string() + ": separator " + detail::quoted({&options.separator, 1}) +
                             " cannot separate numbers");
  }

  const std::string text = detail::read_whole_file(file);
  std::string_view rest = text;
  if (rest.starts_with("\xEF\xBB\xBF")) {
    rest.remove_prefix(3);
  }
  while (!rest.empty() && std::string_view("\r\n \t").find(rest.back()) != std::string_view::npos &&
         rest.back() != options.separator) {
    rest.remove_suffix(1);
  }
  for (std::size_t line = 0; line < options.skip_lines && !rest.empty(); ++line) {
    detail::take_line(rest);
  }
  if (rest.empty()) {
    throw std::runtime_error(
        "read_csv: " + file.string() + ": no line with numbers" +
        (options.skip_lines == 0 ? std::string() : " after the " + std::to_string(options.skip_lines) + " skipped"));
  }

  // Shape first, so that the matrix is allocated once and errors of shape come before those of
  // cells.
  std::size_t rows = 0;
  std::size_t cells = 0;
  for (std::string_view lines = rest; !lines.empty(); ++rows) {
    const std::string_view line = detail::take_line(lines);
    const detail::csv_place place(file, options.skip_lines + rows);
    if (detail::trimmed(line, options.separator).empty()) {
      place.fail("the line is empty, but not the last");
    }
    const std::size_t found = detail::count_cells(line, options.separator);
    if (rows == 0) {
      cells = found;
    }
    if (found != cells) {
      place.fail("expected " + std::to_string(cells) + " cells as in line " + std::to_string(options.skip_lines + 1) +
                 ", found " + std::to_string(found));
    }
  }

  const std::size_t first = options.first_column;
  const bool starts_inside = first < cells;
  const std::size_t columns = options.columns == csv_options::all && starts_inside ? cells - first : options.columns;
  if (!starts_inside || columns == 0 || columns > cells - first) {
    throw std::runtime_error("read_csv: " + file.string() + ": first_column " + std::to_string(first) +
                             " and columns " +
                             (options.columns == csv_options::all ? "all" : std::to_string(options.columns)) +
                             " for lines of " + std::to_string(cells) + " cells");
  }

  matrix<T> result(rows, columns, uninitialized);
  for (std::size_t i = 0; i < rows; ++i) {
    std::string_view line = detail::take_line(rest);
    for (std::size_t j = 0; j < first; ++j) {
      detail::take_cell(line, options.separator);
    }
    for (std::size_t j = 0; j < columns; ++j) {
      const std::string_view cell = detail::take_cell(line, options.separator);
      const auto error = detail::parse_number(cell, result.data()[i * columns + j]);
      if (error != detail::number_error::none) {
        const std::string expected = error == detail::number_error::not_a_number
                                         ? "expected a number of type "
                                         : "expected a number in the range of type ";
        detail::csv_place(file, options.skip_lines + i)
            .fail(first + j, expected + detail::number_kind<T>() + ", found " + detail::quoted(cell));
      }
    }
  }
  return result;
}

LANEWISE_END_NAMESPACE
