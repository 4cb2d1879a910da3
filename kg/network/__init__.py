"""Networks out of the evidenced graph: projections, measures, chains, exports. README.md defines them."""

from kg.network.careers import Step, Transition, career_steps, transitions
from kg.network.cascades import Cascade, Level, cascade
from kg.network.chains import Chain, Link, chains, ego, told
from kg.network.coverage import LANGUAGES, legend
from kg.network.exports import FORMATS, export, node_link
from kg.network.graphs import as_networkx
from kg.network.grounds import Sentence, sentences
from kg.network.groups import GROUPINGS, Assortativity, Communities, Role, assortativity, brokerage, communities
from kg.network.measures import MEASURES, Score, rank
from kg.network.projections import PROJECTIONS, Projection, project, projection_of
from kg.network.values import Coverage, Edge, Network, Node, Slice

__all__ = [
    "FORMATS",
    "GROUPINGS",
    "LANGUAGES",
    "MEASURES",
    "PROJECTIONS",
    "Assortativity",
    "Cascade",
    "Chain",
    "Communities",
    "Coverage",
    "Edge",
    "Level",
    "Link",
    "Network",
    "Node",
    "Projection",
    "Role",
    "Score",
    "Sentence",
    "Slice",
    "Step",
    "Transition",
    "as_networkx",
    "assortativity",
    "brokerage",
    "career_steps",
    "cascade",
    "chains",
    "communities",
    "ego",
    "export",
    "legend",
    "node_link",
    "project",
    "projection_of",
    "rank",
    "sentences",
    "told",
    "transitions",
]
