"""`kg token`: access tokens for writing over HTTP."""

import argparse

from kg.cli.arguments import Subparsers, add_data, add_verb
from kg.cli.tables import print_table
from kg.settings import data_folder
from kg.store.tokens import ROLES, create_token, list_tokens, revoke_token

_EXAMPLES = """\
  kg token create lan --role editor      prints the token, this once
  kg token list
  kg token revoke lan
"""


def add_parser(subparsers: Subparsers) -> argparse.ArgumentParser:
    """Adds the verb with its three actions."""
    parser = add_verb(subparsers, "token", "make, list or revoke access tokens", _EXAMPLES)
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    create = actions.add_parser("create", help="make a token for a named agent and print it, this once")
    create.add_argument("name", metavar="NAME", help="who it is for; the name appears in the journal")
    create.add_argument(
        "--role", choices=ROLES, required=True, help="what it allows; each role includes those before it"
    )
    revoke = actions.add_parser("revoke", help="make a token worthless")
    revoke.add_argument("name", metavar="NAME", help="whose token")
    for action in (create, revoke, actions.add_parser("list", help="names and roles; never the tokens themselves")):
        add_data(action)
    return parser


def run(args: argparse.Namespace) -> int:
    """Does the action; raises BomayError for a name that is taken or unknown."""
    folder = data_folder(args.data)
    if args.action == "create":
        print(create_token(folder, args.name, args.role))
    elif args.action == "revoke":
        revoke_token(folder, args.name)
        print(f"The token of {args.name} is revoked.")
    else:
        print_table(
            ("name", "role", "agent"), [(token.name, token.role, token.agent.value) for token in list_tokens(folder)]
        )
    return 0
