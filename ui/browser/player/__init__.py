"""What plays a talk in a file of its own (`ui/offline`): it is no part of any page."""
