"""What the service remembers holds for one generation."""

from server.service import Memory


def test_a_value_is_made_once_a_generation() -> None:
    memory, made = Memory(), []

    def make() -> int:
        made.append(1)
        return len(made)

    assert [memory.recall(1, "x", make), memory.recall(1, "x", make), memory.recall(2, "x", make)] == [1, 1, 2]


def test_a_late_reader_of_an_old_generation_does_not_spoil_the_new_one() -> None:
    memory = Memory()
    assert memory.recall(2, "x", lambda: "new") == "new"
    assert memory.recall(1, "x", lambda: "old") == "old"
    assert memory.recall(2, "x", lambda: "again") == "new"
