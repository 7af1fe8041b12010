#include <algorithm>
#include <random>
#include <set>

#include "platform/lists/list_page.hpp"
#include "platform/pg/pg_fixture.hpp"

// Random filters select on PostgreSQL what they select here by plain comparison of values.
namespace bordero::lists {
namespace {

struct Thing {
  int id = 0;
  std::optional<std::string> note;
  std::optional<int> weight;
  std::optional<Date> day;
  std::string kind;
  bool flag = false;
  std::optional<int> owner;  // The owner's name is "owner<n>".
};

const Spec& spec() {
  static const Spec things = {
      .resource = "things",
      .fields =
          {{"note", {.column = "t.note", .nullable = true}},
           {"weight", {.column = "t.weight", .type = FieldType::number, .nullable = true}},
           {"day", {.column = "t.day", .type = FieldType::date, .nullable = true}},
           {"kind",
            {.column = "t.kind", .type = FieldType::keyword, .keywords = {"red", "green", "blue"}}},
           {"flag", {.column = "t.flag", .type = FieldType::boolean}},
           {"owner.name",
            {.column = "o.name", .within = "t.owner IN (SELECT o.id FROM owners o WHERE $?)"}}},
      .default_order = "",
      .id_column = "t.id",
      .id_type = FieldType::number};
  return things;
}

// A filter as its text, and what it says about a thing.
struct Claim {
  std::string text;
  std::function<bool(const Thing&)> holds;
};

class FilterPropertyTest : public pg::PgTest {
 protected:
  void SetUp() override {
    PgTest::SetUp();
    fresh_.execute(R"sql(
        CREATE TABLE owners (id integer, name text);
        CREATE TABLE numbered (id integer PRIMARY KEY, note text, weight integer, day date,
                               kind text NOT NULL, flag boolean NOT NULL, owner integer);
        INSERT INTO owners SELECT i, 'owner' || i FROM generate_series(0, 3) i;
        GRANT SELECT ON owners, numbered TO pgtest_test)sql");
    for (int id = 0; id < 200; ++id) insert(random_thing(id));
  }

  bool one_in(int n) { return random_() % static_cast<unsigned>(n) == 0; }
  int below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }

  Thing random_thing(int id) {
    static const std::vector<std::string> notes = {"",      "abc",     "Abc",  "a%c", "a_c", "a*c",
                                                   "каско", "КАСКО 2", "it's", "\\",  "null"};
    static const std::vector<std::string> kinds = {"red", "green", "blue"};
    Thing thing{.id = id, .kind = kinds[static_cast<std::size_t>(below(3))], .flag = one_in(2)};
    if (!one_in(5)) thing.note = notes[static_cast<std::size_t>(below(11))];
    if (!one_in(4)) thing.weight = below(7) - 3;
    if (!one_in(4)) thing.day = clock::today().plus_days(below(7) - 3);
    if (!one_in(4)) thing.owner = below(4);
    return thing;
  }

  void insert(const Thing& thing) {
    const auto text = [](const auto& value) {
      return value ? "'" + value->str() + "'" : std::string("NULL");
    };
    const auto number = [](const auto& value) {
      return value ? std::to_string(*value) : std::string("NULL");
    };
    std::string note = "NULL";
    if (thing.note) {
      note = "'";
      for (const char c : *thing.note) note += c == '\'' ? "''" : std::string(1, c);
      note += "'";
    }
    fresh_.execute("INSERT INTO numbered VALUES (" + std::to_string(thing.id) + ", " + note + ", " +
                   number(thing.weight) + ", " + text(thing.day) + ", '" + thing.kind + "', " +
                   (thing.flag ? "true" : "false") + ", " + number(thing.owner) + ")");
    things_.push_back(thing);
  }

  template <class T>
  static bool compares(const T& left, const std::string& op, const T& right) {
    if (op == "<") return left < right;
    if (op == "<=") return left <= right;
    if (op == ">") return left > right;
    if (op == ">=") return left >= right;
    return left == right;
  }

  // Where the value is absent only != holds.
  template <class T, class Read>
  Claim compared(const std::string& field, const T& value, const std::string& value_text,
                 Read read) {
    static const std::vector<std::string> ops = {"=", "!=", "<", "<=", ">", ">=", ":"};
    const std::string& op = ops[static_cast<std::size_t>(below(7))];
    return {field + " " + op + " " + value_text, [=](const Thing& thing) {
              const auto held = read(thing);
              if (op == "!=") return !held || *held != value;
              return held && compares<T>(*held, op, value);
            }};
  }

  Claim of_weight() {
    const int value = below(7) - 3;
    return compared("weight", value, std::to_string(value),
                    [](const Thing& thing) { return thing.weight; });
  }
  Claim of_day() {
    const int days = below(7) - 3;
    const Date value = clock::today().plus_days(days);
    const std::string text = one_in(2) ? value.str() : "days(" + std::to_string(days) + ")";
    return compared("day", value, text, [](const Thing& thing) { return thing.day; });
  }
  Claim of_kind() {
    const std::vector<std::string> two = {one_in(2) ? "red" : "green", "blue"};
    const bool negated = one_in(2);
    return {std::string("kind ") + (negated ? "!=" : "=") + " (" + two[0] + " OR " + two[1] + ")",
            [=](const Thing& thing) {
              return (thing.kind == two[0] || thing.kind == two[1]) != negated;
            }};
  }
  Claim of_note() {
    switch (below(5)) {
      case 0:
        return {"note : 'BC'", [](const Thing& thing) {
                  return thing.note && (*thing.note == "abc" || *thing.note == "Abc");
                }};
      case 1:
        return {"note = \"a*c\"", [](const Thing& thing) {
                  return thing.note && thing.note->starts_with('a') && thing.note->ends_with('c');
                }};
      case 2:
        return {R"(note = "a\*c")", [](const Thing& thing) { return thing.note == "a*c"; }};
      case 3:
        return {"note : '_'", [](const Thing& thing) { return thing.note == "a_c"; }};
      default:
        return {"note = 'it\\'s'", [](const Thing& thing) { return thing.note == "it's"; }};
    }
  }
  Claim of_presence() {
    const bool present = one_in(2);
    if (one_in(2)) {
      return {present ? "weight:*" : "weight = null",
              [=](const Thing& thing) { return thing.weight.has_value() == present; }};
    }
    return {present ? "note != null" : "note = null",
            [=](const Thing& thing) { return !thing.note.value_or("").empty() == present; }};
  }
  Claim of_owner() {
    const int owner = below(4);
    const bool other = one_in(2);
    return {std::string("owner.name ") + (other ? "!=" : "=") + " owner" + std::to_string(owner),
            [=](const Thing& thing) { return (thing.owner == owner) != other; }};
  }
  Claim simple() {
    switch (below(7)) {
      case 0:
        return of_weight();
      case 1:
        return of_day();
      case 2:
        return of_kind();
      case 3:
        return of_note();
      case 4:
        return of_presence();
      case 5:
        return of_owner();
      default:
        return {"flag = true", [](const Thing& thing) { return thing.flag; }};
    }
  }

  Claim negation(int depth) {
    const Claim inner = depth == 0 ? simple() : claim(depth - 1);
    const bool minus = one_in(2);
    return {(minus ? "-(" : "NOT (") + inner.text + ")",
            [inner](const Thing& thing) { return !inner.holds(thing); }};
  }
  // An OR of simple ones needs no parentheses beside an AND; anything else gets them.
  Claim alternatives(int depth) {
    const Claim left = simple();
    const Claim right = depth == 0 ? simple() : claim(depth - 1);
    const bool flat = depth == 0;
    return {left.text + " OR " + (flat ? right.text : "(" + right.text + ")"),
            [=](const Thing& thing) { return left.holds(thing) || right.holds(thing); }};
  }
  Claim claim(int depth) {
    const auto part = [&]() -> Claim {
      if (one_in(3)) return negation(depth);
      return one_in(2) ? alternatives(depth) : simple();
    };
    const Claim left = part();
    const Claim right = part();
    return {left.text + (one_in(2) ? " AND " : " ") + right.text,
            [=](const Thing& thing) { return left.holds(thing) && right.holds(thing); }};
  }

  awaitable<std::set<int>> found(std::string filter) {
    Context ctx = context();
    auto tx = co_await db_->read(ctx);
    ListSource source{.columns = "t.id", .from = "numbered t"};
    const Request request{.filter = std::move(filter), .page_size = 200};
    auto page = co_await read_page(*tx, spec(), request, std::move(source));
    EXPECT_TRUE(page) << request.filter << ": " << page.error().fields.at(0).detail;
    std::set<int> ids;
    for (const pg::Row& row : page->rows) ids.insert(row.get<int>("id"));
    co_return ids;
  }

  std::mt19937 random_{160};
  std::vector<Thing> things_;
};

TEST_F(FilterPropertyTest, SelectsOnPostgresWhatItSays) {
  std::size_t selective = 0;
  for (int round = 0; round < 400; ++round) {
    const Claim claim = this->claim(below(3));
    std::set<int> expected;
    for (const Thing& thing : things_) {
      if (claim.holds(thing)) expected.insert(thing.id);
    }
    selective += !expected.empty() && expected.size() < things_.size() ? 1 : 0;

    ASSERT_EQ(run(found(claim.text)), expected) << claim.text;
  }
  EXPECT_GT(selective, 200u);
}

}  // namespace
}  // namespace bordero::lists
