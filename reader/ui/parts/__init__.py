"""What keys do, one class a group of actions; `actions.py` names them, `app.py` finds them."""
