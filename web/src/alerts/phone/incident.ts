import { useEffect, useState } from 'react';
import type { IncidentDto } from '../../../../src/incidents/incidents.dto.js';
import { get } from '../../api/http.js';

const asked = new Map<string, Promise<IncidentDto | null>>();

/** The incident behind an alert or assignment, read once; null while unknown or when this person may not see it. */
export function useIncident(id: string): IncidentDto | null {
  const [incident, setIncident] = useState<IncidentDto | null>(null);
  useEffect(() => {
    let gone = false;
    const asking = asked.get(id) ?? get<IncidentDto>(`/incidents/${id}`).catch(() => null);
    asked.set(id, asking);
    void asking.then((found) => {
      if (found === null) asked.delete(id);
      if (!gone) setIncident(found);
    });
    return () => {
      gone = true;
    };
  }, [id]);
  return incident?.id === id ? incident : null;
}
