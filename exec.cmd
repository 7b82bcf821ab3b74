@rem On Unix, npm start and npm run dev begin with the shell command exec, so that a signal reaches Node. Windows has no such command.
@%*
