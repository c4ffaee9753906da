"""Conditions compiled to maximal boxes: the largest products of value sets inside which they hold.

A box maps a variable (a fact, or a member of a set) to the values it may have, as bits over the
cells of a `Space`; a variable that is not in the box may have any. A box of possibilities of an
applicant lies in the condition exactly when it lies in one maximal box (the set of all prime
implicants, by consensus: Quine 1955, Tison 1967, for variables of many values).
"""

from __future__ import annotations

from tjkg.boxes.algebra import Box, absorb, inside, intersect, meets, primes
from tjkg.boxes.compile import Rules, compile_tree, holds
from tjkg.boxes.space import HIGH, LOW, Cut, Space, atoms, cuts_of
from tjkg.boxes.stored import load, store, stored_cuts

__all__ = [
    "HIGH", "LOW", "Box", "Cut", "Rules", "Space", "absorb", "atoms", "compile_tree", "cuts_of", "holds", "inside",
    "intersect", "load", "meets", "primes", "store", "stored_cuts",
]
